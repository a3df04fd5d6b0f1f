package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.cli.client.PassingClock;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LogCommandTest {
  private static final String TASK = "/api/v1/tasks/E1-0";
  private static final String LOG = TASK + "/log";

  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void task(String state, int attempt, int... over) {
    StringBuilder attempts = new StringBuilder();
    for (int number : over) {
      attempts.append(attempts.isEmpty() ? "" : ",").append("{\"number\":" + number + "}");
    }
    server.answer(
        "GET",
        TASK,
        200,
        "{\"id\":\"E1-0\",\"state\":\"%s\",\"attempt\":%d,\"attempts\":[%s]}"
            .formatted(state, attempt, attempts));
  }

  private void log(String text, int next, boolean complete) {
    server.answer(
        "GET",
        LOG,
        200,
        text,
        Map.of(
            "X-CTA-Log-Next",
            String.valueOf(next),
            "X-CTA-Log-Complete",
            String.valueOf(complete)));
  }

  private CommandRun follow(String... more) {
    String[] args = new String[more.length + 5];
    System.arraycopy(
        new String[] {"log", "E1-0", "--follow", "--server", server.url()}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    return CommandRun.of(args);
  }

  private java.util.List<String> logsAsked() {
    return server.asked.stream()
        .map(FakeServer.ReceivedRequest::path)
        .filter(path -> path.startsWith(LOG))
        .map(path -> path.substring(LOG.length()))
        .toList();
  }

  @Test
  void aFailedAttemptIsShownToItsEndAndThenTheNextOne() {
    task("running", 1);
    log("first", 5, false);
    log("", 5, false);
    task("running", 2, 1);
    log(" ends\n", 11, true);
    log("second\n", 7, true);
    task("finished", 2, 1, 2);
    CommandRun run = follow();
    assertEquals("first ends\nsecond\n", run.bytes());
    assertEquals("cta: attempt 2 begins", run.err().strip());
    assertEquals(0, run.code());
    assertEquals(
        java.util.List.of(
            "?attempt=1&offset=0",
            "?attempt=1&offset=5",
            "?attempt=1&offset=5",
            "?attempt=2&offset=0"),
        logsAsked());
  }

  @Test
  void attemptsThatNoMachineTookAreSkipped() {
    task("running", 1);
    log("one\n", 4, true);
    task("finished", 900, 1, 900);
    log("two\n", 4, true);
    CommandRun run = follow();
    assertEquals("one\ntwo\n", run.bytes());
    assertEquals(2, logsAsked().size());
  }

  @Test
  void aTaskThatHasNotBegunIsWaitedForAndOneThatNeverBeginsEnds() {
    task("pending", 0);
    task("pending", 0);
    task("running", 1);
    log("all\n", 4, true);
    task("finished", 1, 1);
    assertEquals("all\n", follow().bytes());
    server.answer("GET", "/api/v1/tasks/E2-0", 200, "{\"id\":\"E2-0\",\"state\":\"cancelled\"}");
    CommandRun never = CommandRun.of("log", "E2-0", "-f", "--server", server.url());
    assertEquals(0, never.code());
    assertEquals("", never.bytes());
  }

  @Test
  void aServerThatIsAwayForAWhileIsWaitedForAndNothingIsShownTwice() {
    task("running", 1);
    log("one\n", 4, false);
    for (int status : new int[] {502, 503, 429, 500, 404}) {
      server.answer("GET", LOG, status, "<html>proxy</html>");
    }
    server.answer("GET", LOG, FakeServer.CUT, "");
    server.answer("GET", LOG, 200, "<html>we are back soon</html>");
    log("last words", 14, true);
    task("finished", 1, 1);
    CommandRun run = follow();
    assertEquals("one\nlast words", run.bytes());
    assertEquals(0, run.code());
    assertTrue(run.err().contains("HTTP 502; trying again"), run.err());
    assertTrue(run.err().contains("the server is back"), run.err());
  }

  @Test
  void aServerThatAsksToWaitIsAskedAgainOnlyAfterThat() {
    log("one\n", 4, false);
    server.answer("GET", LOG, 429, "", Map.of("Retry-After", "7"));
    log("two\n", 8, true);
    PassingClock clock = new PassingClock();
    String[] args = {"log", "E1-0", "-f", "--attempt", "1", "--server", server.url()};
    assertEquals(0, CommandRun.writingTo(OutputStream.nullOutputStream(), clock, args).code());
    assertEquals(Duration.ofSeconds(7), clock.passed());
  }

  @ParameterizedTest
  @CsvSource({"401,77", "403,77", "404,66", "400,64"})
  void aRefusalThatWillNotPassEndsItWithItsOwnExitCode(int status, int code) {
    task("running", 1);
    log("one\n", 4, false);
    server.answer("GET", LOG, status, "{\"detail\":\"no\"}");
    assertEquals(code, follow().code());
  }

  @Test
  void aServerThatStaysAwayEndsTheWait() {
    task("running", 1);
    log("one\n", 4, false);
    server.answer("GET", LOG, 502, "");
    assertEquals(75, follow().code());
  }

  @Test
  void aServerThatWasNeverThereIsNotReached() {
    server.close();
    assertEquals(69, follow().code());
  }

  @Test
  void oneAttemptIsFollowedToItsOwnEnd() {
    log("one\n", 4, false);
    log("two\n", 8, true);
    CommandRun run = follow("--attempt", "1");
    assertEquals("one\ntwo\n", run.bytes());
    assertTrue(logsAsked().stream().allMatch(query -> query.startsWith("?attempt=1&")));
  }

  @ParameterizedTest
  @CsvSource({
    "Broken pipe,141,''",
    "No space left on device,74,cta: the output cannot be written: No space left on device"
  })
  void aReaderThatHasGoneOrAFullDiskEndsIt(String why, int code, String said) {
    task("running", 1);
    log("one\n", 4, false);
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(why);
          }
        };
    for (String option : new String[] {"--follow", "--attempt=1"}) {
      CommandRun run =
          CommandRun.writingTo(
              gone, new PassingClock(), "log", "E1-0", option, "--server", server.url());
      assertEquals(code, run.code());
      assertEquals(said, run.err().strip());
    }
  }

  @Test
  void withoutFollowItIsTheLastAttempt() {
    task("finished", 2, 1, 2);
    log("second\n", 7, true);
    CommandRun run = CommandRun.of("log", "E1-0", "--server", server.url());
    assertEquals("second\n", run.bytes());
    assertEquals(java.util.List.of("?attempt=2&offset=0"), logsAsked());
  }
}
