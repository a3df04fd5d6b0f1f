package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class MavenErrorTest {
  @Test
  void anArtifactThatIsNowhereIsReportedInOneLineAndNotAskedForAgain() {
    MavenError error =
        MavenError.of(
            "\u001b[0m\u001b[0m[ERROR] Failed to execute goal org.x:dependency:2.8:copy (default-cli)"
                + " on project standalone-pom: Unable to find artifact. Could not find artifact"
                + " a:b:jar:1 in central (https://repo.example.org) -> [Help 1]\n[ERROR] \n"
                + "[ERROR] To see the full stack trace, re-run Maven with the -e switch.\n");
    assertEquals(
        "Unable to find artifact. Could not find artifact a:b:jar:1 in central"
            + " (https://repo.example.org)",
        error.text());
    assertTrue(error.absent());
  }

  @Test
  void anythingElseMayBeTemporary() {
    MavenError error = MavenError.of("[ERROR] Could not transfer artifact a:b:jar:1");
    assertEquals("Could not transfer artifact a:b:jar:1", error.text());
    assertFalse(error.absent());
    assertEquals("killed", MavenError.of("killed\n").text());
  }
}
