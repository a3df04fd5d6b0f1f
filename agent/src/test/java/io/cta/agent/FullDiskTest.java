package io.cta.agent;

import static io.cta.agent.HeldStage.held;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.broker.ConditionPoller;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.message.AttemptReasons;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.TaskEnded;
import io.cta.message.TaskEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent on a disk of 8 MB, which is full now and then. Needs the right to mount one. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FullDiskTest {
  @TempDir Path dir;
  private TestServer server;
  private InProcessAgent agent;
  private boolean mounted;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", dir.toString());
    assumeTrue(mounted, "this user cannot mount a small disk");
    server = new TestServer();
    agent = new InProcessAgent(server, dir.resolve("data"), 1);
    ConditionPoller.holds("a heartbeat", () -> lastHeartbeat() != null);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    if (mounted) {
      agent.close();
      server.close();
      run("umount", "-l", dir.toString());
    }
  }

  @Test
  void aTestThatFillsTheDiskEndsAndIsNeverOk() {
    server.run(script("fills", "for i in $(seq 2000); do echo line $i; done; cat /dev/zero > big"));
    TaskEnded end = server.confirmedEvents.ended("fills");
    assertEquals(State.FINISHED, end.state());
    assertEquals(AttemptReasons.DISK_FILLED, end.reason());
    assertFalse(end.infra());
    assertTrue(server.confirmedEvents.results("fills").contains(Result.FAILED));
    server.run(script("next", "true"));
    assertEquals(List.of(Result.OK), afterEnd("next"));
  }

  @Test
  void outputThatFoundNoRoomMakesATestInconclusive() {
    server.run(
        script("quiet", "cat /dev/zero > big; head -c 300000 /dev/urandom | base64; exit 0"));
    assertEquals(AttemptReasons.DISK_FILLED, server.confirmedEvents.ended("quiet").reason());
    assertTrue(server.confirmedEvents.results("quiet").contains(Result.INCONCLUSIVE));
    assertTrue(server.confirmedEvents.chunks("quiet").stream().anyMatch(chunk -> chunk.gap()));
  }

  @Test
  void whatRunsWhenTheDiskIsFilledByOthersComesToItsEnd() throws IOException {
    server.run(task("running").test("t", held("s", "true")));
    HeldStage running = new HeldStage(dir.resolve("data"), "running", "s");
    fill();
    running.release();
    TaskEnded end = server.confirmedEvents.ended("running");
    assertEquals(State.FINISHED, end.state());
    assertEquals(List.of(Result.OK), afterEnd("running"));
  }

  @Test
  void noTaskIsTakenWhileTheDiskIsFullAndThatIsSaidUntilThereIsRoom() throws IOException {
    fill();
    server.run(script("early", "true"));
    server.confirmedEvents.await(MessageTypes.TASK_DECLINED, "early");
    MessageEnvelope declined = server.confirmedEvents.of(MessageTypes.TASK_DECLINED).get(0);
    assertEquals(AttemptReasons.DISK_LOW, declined.payloadAs(TaskEvent.class).reason());
    ConditionPoller.holds(
        "trouble", () -> String.valueOf(lastHeartbeat().trouble()).startsWith("disk low: 0 KB"));
    Files.delete(dir.resolve("other"));
    ConditionPoller.holds("no trouble", () -> lastHeartbeat().trouble() == null);
    server.run(script("late", "true"));
    assertEquals(List.of(Result.OK), afterEnd("late"));
  }

  private List<Result> afterEnd(String taskId) {
    server.confirmedEvents.ended(taskId);
    return server.confirmedEvents.results(taskId);
  }

  private MachineHeartbeat lastHeartbeat() {
    List<MessageEnvelope> beats = server.confirmedEvents.of(MessageTypes.MACHINE_HEARTBEAT);
    return beats.isEmpty() ? null : beats.get(beats.size() - 1).payloadAs(MachineHeartbeat.class);
  }

  private void fill() throws IOException {
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(dir.resolve("other"))) {
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertEquals("No space left on device", full.getMessage());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }
}
