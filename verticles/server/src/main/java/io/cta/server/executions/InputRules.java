package io.cta.server.executions;

import io.cta.domain.Repository;
import io.cta.error.ServiceFailure;
import java.util.regex.Pattern;

/**
 * Refuses inputs that could never be fetched, or whose texts a program that fetches them would take
 * for something else: git takes a ref that begins with a dash for an option. A text that still has
 * a parameter is checked when it has its value. Pure.
 */
final class InputRules {
  private static final Pattern COORDINATES =
      Pattern.compile("[^:\\s]+:[^:\\s]+:[^:\\s]+(:[^:\\s]+)?");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final int MAX_REF = 256;
  private static final int MAX_ADDRESS = 4096;

  private InputRules() {}

  /**
   * Throws INVALID, naming the field.
   *
   * @param at where the input is, for example {@code inputs[0]}
   */
  static void check(String at, Repository input) {
    switch (input.type()) {
      case "s3" -> throw ServiceFailure.invalid(at + ".type", "s3 is not supported yet");
      case "maven" -> required(at + ".artifact", input.artifact());
      case "local" -> required(at + ".path", input.path());
      case "git", "http" -> required(at + ".url", input.url());
      default -> {} // the contract allows no other
    }
    matches(
        at + ".artifact",
        input.artifact(),
        COORDINATES,
        "must be group:artifact:version or group:artifact:version:classifier");
    matches(at + ".sha256", input.sha256(), SHA256, "must be 64 hexadecimal digits");
    plain(at + ".artifact", input.artifact(), MAX_ADDRESS);
    plain(at + ".url", input.url(), MAX_ADDRESS);
    plain(at + ".path", input.path(), MAX_ADDRESS);
    plain(at + ".to", input.to(), MAX_ADDRESS);
    plain(at + ".ref", input.ref(), MAX_REF);
  }

  private static void required(String field, String value) {
    if (value == null || value.isBlank()) {
      throw ServiceFailure.invalid(field, "is required");
    }
  }

  private static void matches(String field, String value, Pattern pattern, String rule) {
    if (value != null && !PlaceholderText.has(value) && !pattern.matcher(value).matches()) {
      throw ServiceFailure.invalid(field, rule);
    }
  }

  private static void plain(String field, String value, int max) {
    if (value == null) {
      return;
    }
    if (value.startsWith("-")) {
      throw ServiceFailure.invalid(field, "must not begin with -");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw ServiceFailure.invalid(field, "must not have control characters");
    }
    if (value.isBlank() || value.length() > max) {
      throw ServiceFailure.invalid(field, "must have 1 to " + max + " characters");
    }
  }
}
