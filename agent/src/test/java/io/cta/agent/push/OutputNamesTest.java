package io.cta.agent.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.agent.journal.StagedArtifact;
import io.cta.message.TaskRunBuilder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names below an output stay below it, and two of them never become one. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class OutputNamesTest {
  @ParameterizedTest
  @CsvSource({
    "a/b,c d.txt,a/b/c d.txt",
    "..,x,%../x",
    "a:b,x,a%3Ab/x",
    "a%3Ab,x,a%253Ab/x",
    "a*?,x|y,a%2A%3F/x%7Cy",
    "ü,ü,ü/ü"
  })
  void testAndPathAreEncodedWhereFilesCannotHaveThem(String test, String path, String name) {
    assertEquals(
        "nightly/e/t.2/artifacts/" + name,
        names("nightly").of(new StagedArtifact(1, test, path, 1, "0")));
  }

  @Test
  void aScenarioIsOneFolder() {
    assertEquals("a%2Fb/e/t.2/results.json", names("a/b").results());
    assertEquals("%../e/t.2/results.json", names("..").results());
    assertEquals("suite/e/t.2/results.json", names(null).results());
  }

  private static OutputNames names(String scenario) {
    return new OutputNames(
        TaskRunBuilder.builder()
            .executionId("e")
            .taskId("t")
            .attempt(2)
            .scenario(scenario)
            .suite("suite")
            .build());
  }
}
