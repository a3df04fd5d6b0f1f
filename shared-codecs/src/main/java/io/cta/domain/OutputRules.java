package io.cta.domain;

import io.cta.error.ServiceFailure;
import java.util.function.Predicate;

/** The rules that outputs have and inputs do not. Pure. */
final class OutputRules {
  private OutputRules() {}

  static void check(String at, Repository r, Predicate<String> isOpen) {
    switch (r.type()) {
      case "s3", "http" -> required(at + "url", r.url());
      case "local" -> required(at + "path", r.path());
      default ->
          throw ServiceFailure.invalid(
              at + "type", "is not built for outputs: " + r.type() + "; there are s3, http, local");
    }
    absent(at + "name", r.name() != null);
    absent(at + "sha256", r.sha256() != null);
    absent(at + "to", !r.to().equals("."));
    absent(at + "version", r.version() != null);
    String path = r.path();
    if (path != null && !isOpen.test(path) && !path.matches("(?s)/.*|[A-Za-z]:[/\\\\].*")) {
      throw ServiceFailure.invalid(at + "path", "must be absolute");
    }
    boolean http = r.type().equals("http");
    if (http && !isOpen.test(r.url()) && r.url().matches(".*[?#].*")) {
      throw ServiceFailure.invalid(at + "url", "must not have ? or #: names of files follow it");
    }
  }

  private static void required(String field, String value) {
    if (value == null || value.isBlank()) {
      throw ServiceFailure.invalid(field, "is required");
    }
  }

  private static void absent(String field, boolean given) {
    if (given) {
      throw ServiceFailure.invalid(field, "does not belong to an output");
    }
  }
}
