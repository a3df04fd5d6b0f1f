package io.cta.domain;

import io.cta.error.ServiceFailure;
import io.cta.glob.GlobPattern;
import java.util.List;

/** Checks lists of globs. */
public final class GlobRules {
  static final int MAX_GLOBS = 100;

  private GlobRules() {}

  /**
   * The same globs; throws INVALID, naming the field, when one is no glob or there are too many.
   */
  public static List<String> checked(String field, List<String> globs) {
    if (globs == null) {
      return List.of();
    }
    if (globs.size() > MAX_GLOBS) {
      throw ServiceFailure.invalid(field, "must not have more than " + MAX_GLOBS + " globs");
    }
    for (String glob : globs) {
      try {
        GlobPattern.of(glob);
      } catch (IllegalArgumentException e) {
        throw ServiceFailure.invalid(field, e.getMessage());
      }
    }
    return List.copyOf(globs);
  }
}
