package io.cta.agent.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritedVariablesTest {
  @ParameterizedTest
  @CsvSource({
    "PATH,                  true",
    "LC_ALL,                true",
    "https_proxy,           true",
    "XDG_RUNTIME_DIR,       true",
    "CTA_AGENT_TOKEN,       false",
    "CTA_TOKEN,             false",
    "AWS_SECRET_ACCESS_KEY, false",
    "path,                  false",
    "PATHEXT,               false",
    "BOARD,                 true",
    "BOARDS,                false",
    "LAB_RACK,              true",
  })
  void testsSeeWhatProcessesNeedAndWhatTheOperatorNames(String name, boolean seen) {
    assertEquals(
        seen,
        new InheritedVariables(List.of("BOARD", "LAB_*"), OperatingSystem.LINUX).includes(name));
  }

  @Test
  void aStarAloneIsAllButWhatIsTheAgents() {
    InheritedVariables all = new InheritedVariables(List.of("*"), OperatingSystem.LINUX);
    assertTrue(all.includes("AWS_SECRET_ACCESS_KEY"));
    assertFalse(all.includes("CTA_AGENT_TOKEN"));
    assertFalse(all.includes("cta_agent_token"));
  }

  @Test
  void windowsDoesNotTellUpperFromLowerCase() {
    InheritedVariables some = new InheritedVariables(List.of("Board"), OperatingSystem.WINDOWS);
    assertTrue(some.includes("Path"));
    assertTrue(some.includes("SystemRoot"));
    assertTrue(some.includes("ProgramFiles(x86)"));
    assertTrue(some.includes("BOARD"));
  }

  @Test
  void whatIsWithheldIsNamedButNotTheAgentsOwn() {
    assertEquals(
        List.of("A", "SECRET"),
        new InheritedVariables(List.of(), OperatingSystem.LINUX)
            .withheld(List.of("SECRET", "PATH", "CTA_AGENT_NAME", "A")));
  }
}
