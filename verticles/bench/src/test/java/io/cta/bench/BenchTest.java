package io.cta.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench works; how fast anything is, it does not judge. */
@Timeout(120)
class BenchTest {
  @Test
  void executions_of_simulated_agents_all_end_ok(@TempDir Path data) {
    assertEquals(
        0,
        run(
            ("executions --agents 2 --slots 3 --tests 3 --executions 40 --at-once 6 --single 3"
                    + " --warm-up 5 --data "
                    + data)
                .split(" ")));
  }

  @Test
  void brokers_carry_every_message() {
    assertEquals(0, run("brokers --messages 2000 --rounds 1 --links 2".split(" ")));
  }

  private static int run(String... args) {
    return new CommandLine(new Main()).execute(args);
  }
}
