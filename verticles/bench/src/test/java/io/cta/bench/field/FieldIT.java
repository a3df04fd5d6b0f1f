package io.cta.bench.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command itself, with tools that need no installing. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FieldIT {
  @TempDir Path dir;

  @Test
  void toolsOfTheMachineAndCtaSayTheSame() {
    int code =
        new CommandLine(new FieldCommand())
            .execute("--tools", dir.resolve("tools").toString(), "prove", "node");
    assertEquals(0, code);
  }
}
