package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.server.launch.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command in a process of its own, which gets a signal. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process there gets no signal, it is killed")
class InterruptedRunTest {
  private static final String ESCAPE = "\u001b";
  private static final String RUNNING =
      "{\"id\":\"E1\",\"scenarioName\":\"s\",\"state\":\"running\",\"counts\":{}}";

  private static final String FINISHED =
      "{\"id\":\"E1\",\"scenarioName\":\"s\",\"state\":\"finished\",\"result\":\"ok\",\"counts\":{}}";

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

  private String ended(int code) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(code, process.exitValue(), text);
    assertFalse(text.contains(ESCAPE) || text.contains("\r"), "this is no terminal: " + text);
    return text;
  }

  private long cancels() {
    return server.asked.stream().filter(request -> request.path().endsWith("/cancel")).count();
  }

  /**
   * Skips the test where interrupts are ignored: shells do so for what they start in the
   * background, and child processes inherit it.
   */
  private static void assumeNotIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (signal.equals("INT") && Files.exists(status)) {
      String ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .map(line -> line.substring("SigIgn:".length()).strip())
              .findFirst()
              .orElse("0");
      assumeTrue((Long.parseUnsignedLong(ignored, 16) & 2) == 0, "interrupts are ignored here");
    }
  }

  /**
   * Sends the process the signals at its first request for that path, before the request is
   * answered.
   */
  private CountDownLatch signalAt(String method, String path, String... signals)
      throws IOException {
    assumeNotIgnored(signals[0]);
    CountDownLatch reached = new CountDownLatch(1);
    server.beforeAnswers(
        request -> {
          if (request.method().equals(method) && request.path().equals(path)) {
            if (reached.getCount() > 0) {
              List.of(signals).forEach(this::signal);
            }
            reached.countDown();
          }
        });
    return reached;
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aSignalDuringTheStartCancelsTheExecution(String name, int code) throws Exception {
    CountDownLatch reached = signalAt("POST", "/api/v1/executions", name);
    run("--cancel-on-interrupt");
    assertTrue(reached.await(60, TimeUnit.SECONDS));
    String text = ended(code);
    assertTrue(text.contains("cta: cancelled E1"), text);
    assertEquals(1, cancels());
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void severalSignalsDuringTheWaitCancelTheExecutionOnce(String name, int code) throws Exception {
    CountDownLatch reached = signalAt("GET", "/api/v1/executions/E1", name, name, name);
    run("--cancel-on-interrupt", "--quiet");
    assertTrue(reached.await(60, TimeUnit.SECONDS));
    ended(code);
    assertEquals(1, cancels());
  }

  @Test
  void aWaitThatEndsByItselfHasTheExitCodeOfTheExecutionAndNoEscapesInAPipe() throws Exception {
    server.answer("GET", "/api/v1/executions/E1", 200, FINISHED);
    run("--cancel-on-interrupt");
    String text = ended(0);
    assertTrue(text.contains("s is running"), text);
    assertEquals(0, cancels());
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void withoutTheOptionTheExecutionGoesOnAndIsNamed(String name, int code) throws Exception {
    CountDownLatch reached = signalAt("GET", "/api/v1/executions/E1", name);
    run();
    assertTrue(reached.await(60, TimeUnit.SECONDS));
    String text = ended(code);
    assertTrue(text.contains("cta: execution E1 goes on; cancel it with: cta cancel E1"), text);
    assertEquals(0, cancels());
  }
}
