package io.cta.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLimitTest {
  @ParameterizedTest
  @CsvSource({"10, 1024, true", "412, 1024, true", "413, 1024, false", "10000, 20000, false"})
  void an_agent_takes_two_files_of_the_limit(int agents, long limit, boolean possible) {
    assertEquals(possible, FileLimit.hindrance(agents, limit).isEmpty());
  }

  @Test
  void who_asks_for_too_many_is_told_what_to_do() {
    String text = FileLimit.hindrance(10_000, 20_000).orElseThrow();
    assertTrue(text.contains("ulimit -n 20200"), text);
    assertTrue(text.contains("at most 9900 agents"), text);
  }
}
