package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Skips a test that needs a program which is not here; fails it where none may be skipped. */
final class RequiredProgram {
  private RequiredProgram() {}

  static void assume(boolean there, String what) {
    if (!there && Boolean.parseBoolean(System.getenv("CTA_REQUIRE_SERVERS"))) {
      fail(what + " is missing");
    }
    assumeTrue(there, what + " is missing");
  }
}
