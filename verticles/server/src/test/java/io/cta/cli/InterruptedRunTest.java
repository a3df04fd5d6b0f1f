package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.launch.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The command in a process of its own, which is told to end. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process there is not told, but ended")
class InterruptedRunTest {
  private static final int TERMINATED = 143;
  private static final String RUNNING =
      "{\"id\":\"E1\",\"scenarioName\":\"s\",\"state\":\"running\",\"counts\":{}}";

  private FakeServer server;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    server.answer("POST", "/api/v1/executions", 202, RUNNING);
    server.answer("POST", "/api/v1/executions/E1/cancel", 202, RUNNING);
    server.answer("GET", "/api/v1/executions/E1", 200, RUNNING);
    server.answer("GET", "/api/v1/executions/E1/tasks", 200, "{\"items\":[]}");
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
    server.close();
  }

  private void run(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("run", "s", "--wait", "--server", server.url()));
    command.addAll(List.of(options));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private String ended() throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(TERMINATED, process.exitValue(), text);
    return text;
  }

  private long cancels() {
    return server.asked.stream().filter(asked -> asked.path().endsWith("/cancel")).count();
  }

  /** The next request for that path has come; what it answers has not. */
  private CountDownLatch at(String method, String path) {
    CountDownLatch reached = new CountDownLatch(1);
    server.beforeAnswers(
        asked -> {
          if (asked.method().equals(method) && asked.path().equals(path)) {
            if (reached.getCount() > 0) {
              process.toHandle().destroy();
            }
            reached.countDown();
          }
        });
    return reached;
  }

  @Test
  void toldToEndWhileTheExecutionIsBeingStartedItIsCancelled() throws Exception {
    CountDownLatch told = at("POST", "/api/v1/executions");
    run("--cancel-on-interrupt");
    assertTrue(told.await(60, TimeUnit.SECONDS));
    String text = ended();
    assertTrue(text.contains("cta: cancelled E1"), text);
    assertEquals(1, cancels());
  }

  @Test
  void withoutTheOptionItGoesOnAndIsNamed() throws Exception {
    CountDownLatch told = at("GET", "/api/v1/executions/E1");
    run();
    assertTrue(told.await(60, TimeUnit.SECONDS));
    String text = ended();
    assertTrue(text.contains("cta: execution E1 goes on; cancel it with: cta cancel E1"), text);
    assertEquals(0, cancels());
  }
}
