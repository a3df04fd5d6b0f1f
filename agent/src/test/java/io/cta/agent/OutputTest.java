package io.cta.agent;

import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.domain.Result;
import io.cta.message.LogWritten;
import io.cta.message.MessageTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests write arrives, byte for byte, up to the cap. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OutputTest {
  private static final int CAP_BYTES = 1 << 20;
  private static final int TAIL_BYTES = 64 * 1024;

  @TempDir static Path dir;
  private static TestServer server;
  private static InProcessAgent agent;

  @BeforeAll
  static void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir, 4, CAP_BYTES);
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void bothStreamsArriveMergedInTheOrderTheyWereWritten() {
    server.run(script("merged", "echo 1; echo 2 >&2; echo 3; echo 4 >&2"));
    server.confirmedEvents.ended("merged");
    assertEquals("1\n2\n3\n4\n", server.confirmedEvents.text("merged"));
  }

  @Test
  void invalidUtf8ArrivesAsTheBytesItIs() {
    server.run(script("bytes", "printf '\\377\\376\\000ok\\303'"));
    server.confirmedEvents.ended("bytes");
    assertArrayEquals(
        new byte[] {(byte) 0xff, (byte) 0xfe, 0, 'o', 'k', (byte) 0xc3},
        server.confirmedEvents.output("bytes"));
  }

  @Test
  void outputArrivesWhileTheTestStillRuns() {
    server.run(script("live", "echo early; while [ ! -f go ]; do sleep 0.05; done"));
    ConditionPoller.holds(
        "the first output", () -> server.confirmedEvents.text("live").equals("early\n"));
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_ENDED, "live"));
    server.run(script("let-go", "touch \"$CTA_WORKSPACE/../live.1/go\""));
    server.confirmedEvents.ended("live");
  }

  @Test
  void chunksAreNumberedWithoutHolesAndNameTheirTest() {
    server.run(
        task("chunks").test("a", stage("head -c 300000 /dev/zero")).test("b", stage("echo b")));
    server.confirmedEvents.ended("chunks");
    List<LogWritten> chunks = server.confirmedEvents.chunks("chunks");
    long offset = 0;
    for (int i = 0; i < chunks.size(); i++) {
      assertEquals(i, chunks.get(i).seq());
      assertEquals(offset, chunks.get(i).offset());
      offset += chunks.get(i).size();
    }
    assertEquals(300_002, offset);
    assertEquals("suite/a", chunks.get(0).testId());
    assertEquals("suite/b", chunks.get(chunks.size() - 1).testId());
    assertEquals("token-chunks-1", chunks.get(0).token());
  }

  @Test
  void ofTwoHundredMegabytesTheBeginningAndTheEndAreKeptAndAGapSaysTheRest() {
    server.run(script("flood", "head -c 200000000 /dev/zero; echo the end"));
    server.confirmedEvents.ended("flood");
    assertEquals(Result.OK, server.confirmedEvents.only("flood").result());
    byte[] output = server.confirmedEvents.output("flood");
    assertEquals(CAP_BYTES + TAIL_BYTES, output.length);
    assertTrue(server.confirmedEvents.text("flood").endsWith("the end\n"));
    List<LogWritten> gaps =
        server.confirmedEvents.chunks("flood").stream().filter(LogWritten::gap).toList();
    assertEquals(1, gaps.size());
    assertEquals(CAP_BYTES, gaps.get(0).offset());
    assertEquals(200_000_008 - CAP_BYTES - TAIL_BYTES, gaps.get(0).size());
  }

  @Test
  void theCapIsForTheWholeAttempt() {
    server.run(
        task("cap")
            .test("a", stage("head -c 1000000 /dev/zero"))
            .test("b", stage("head -c 1000000 /dev/zero; echo last")));
    server.confirmedEvents.ended("cap");
    assertEquals(CAP_BYTES + TAIL_BYTES, server.confirmedEvents.output("cap").length);
    assertTrue(server.confirmedEvents.text("cap").endsWith("last\n"));
  }

  @Test
  void aServerThatTakesNoOutputForAWhileGetsItLater() {
    server.queues.confirmOnly(e -> !e.type().equals(MessageTypes.LOG_WRITTEN));
    try {
      server.run(script("later", "for i in 1 2 3 4 5; do echo $i; sleep 0.1; done"));
      server.confirmedEvents.await(MessageTypes.TASK_STARTED, "later");
      ConditionPoller.holds(
          "the result", () -> server.confirmedEvents.has(MessageTypes.STATUSES_REPORTED, "later"));
    } finally {
      server.queues.confirmOnly(any -> true);
    }
    server.confirmedEvents.ended("later");
    ConditionPoller.holds(
        "all of it", () -> server.confirmedEvents.text("later").equals("1\n2\n3\n4\n5\n"));
  }
}
