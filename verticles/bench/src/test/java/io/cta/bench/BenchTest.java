package io.cta.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The bench works without a shipped jar; how fast anything is, it does not judge. */
@Timeout(120)
class BenchTest {
  @Test
  void brokers_carry_every_message() {
    assertEquals(0, run("brokers --messages 2000 --rounds 1 --links 2"));
  }

  @Test
  void more_agents_than_there_can_be_open_files_are_refused_at_the_start() {
    assertEquals(2, run("executions --agents 500000000"));
  }

  private static int run(String line) {
    return new CommandLine(new Main()).execute(line.split(" "));
  }
}
