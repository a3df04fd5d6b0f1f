package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.launch.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A command in a pipe whose other end closes, as {@code head} does. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ClosedPipeTest {
  private static final String LOG = "/api/v1/tasks/E1-0/log";
  private static final int LINES = 500;

  @TempDir Path dir;
  private FakeServer server;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    server.answer(
        "GET", "/api/v1/tasks/E1-0", 200, "{\"id\":\"E1-0\",\"state\":\"running\",\"attempt\":1}");
    for (int i = 1; i <= LINES; i++) {
      Map<String, String> more =
          Map.of("X-CTA-Log-Next", String.valueOf(5 * i), "X-CTA-Log-Complete", "false");
      server.answer("GET", LOG, 200, "line\n", more);
    }
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
    server.close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLogThatNobodyReadsAnyMoreEndsSilentlyAndCancelsNothing() throws Exception {
    Path errors = dir.resolve("errors");
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "log",
                "E1-0",
                "--follow",
                "--server",
                server.url())
            .redirectError(errors.toFile());
    // of which Java would tell
    command.environment().remove("JAVA_TOOL_OPTIONS");
    process = command.start();
    try (BufferedReader out = process.inputReader()) {
      assertEquals("line", out.readLine());
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it goes on");
    assertEquals(141, process.exitValue(), Files.readString(errors));
    assertEquals("", Files.readString(errors));
    assertEquals(
        List.of(), server.asked.stream().filter(one -> !one.method().equals("GET")).toList());
  }
}
