package io.cta.domain;

import io.cta.error.ServiceFailure;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules that outputs have and inputs do not. Pure. */
final class OutputRules {
  private static final Pattern NO_BRANCH =
      Pattern.compile("HEAD|refs/.*|.*[/.]|.*\\.lock|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");

  private OutputRules() {}

  static void check(String at, Repository r, Predicate<String> isOpen) {
    switch (r.type()) {
      case "s3", "http" -> required(at + "url", r.url());
      case "local" -> required(at + "path", r.path());
      case "git" -> branch(at, r, isOpen);
      default ->
          throw ServiceFailure.invalid(
              at + "type",
              "is not built for outputs: " + r.type() + "; there are s3, http, git, local");
    }
    absent(at + "name", r.name() != null);
    absent(at + "sha256", r.sha256() != null);
    absent(at + "to", !r.to().equals("."));
    absent(at + "version", r.version() != null);
    absent(at + "depth", r.depth() != null);
    absent(at + "submodules", r.submodules() != null);
    absent(at + "lfs", r.lfs() != null);
    String path = r.path();
    if (path != null && !isOpen.test(path) && !path.matches("(?s)/.*|[A-Za-z]:[/\\\\].*")) {
      throw ServiceFailure.invalid(at + "path", "must be absolute");
    }
    boolean http = r.type().equals("http");
    if (http && !isOpen.test(r.url()) && r.url().matches(".*[?#].*")) {
      throw ServiceFailure.invalid(at + "url", "must not have ? or #: names of files follow it");
    }
  }

  /** The branch must be named: nobody wants results on the branch that happens to be the usual. */
  private static void branch(String at, Repository r, Predicate<String> isOpen) {
    required(at + "url", r.url());
    required(at + "ref", r.ref());
    if (!isOpen.test(r.ref()) && NO_BRANCH.matcher(r.ref()).matches()) {
      throw ServiceFailure.invalid(at + "ref", "must be the name of a branch");
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
