package io.cta.agent;

import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.TaskJournal;
import io.cta.broker.ConditionPoller;
import io.cta.domain.Repository;
import io.cta.domain.Result;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.domain.State;
import io.cta.domain.TestBuilder;
import io.cta.message.MachineHello;
import io.cta.message.MessageTypes;
import io.cta.message.StatusReport;
import io.cta.message.TaskCancel;
import io.cta.message.TaskEnded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the agent's JVM, and what the next start does about it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CrashTest {
  @TempDir Path dir;
  private TestServer server;
  private AgentProcess agent;

  @BeforeEach
  void start() {
    server = new TestServer();
    agent = AgentProcess.of(server, dir, "--slots", "2");
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void whatRanIsEndedAsInfrastructureFailureAndItsProcessesAreGone() {
    server.run(
        task("cut")
            .test("done", stage("true"))
            .test("t", stage("(setsid sleep 500 &) ; sleep 501 & echo up; sleep 502"))
            .test("never", stage("true")));
    ConditionPoller.holds("it to run", () -> server.confirmedEvents.text("cut").contains("up"));
    agent.kill();
    assertFalse(TaskProcesses.of("cut").isEmpty(), "the dead agent's processes live on");
    restart();
    TaskEnded end = server.confirmedEvents.ended("cut");
    assertEquals(State.FINISHED, end.state());
    assertTrue(end.infra());
    assertEquals("agentRestarted", end.reason());
    assertEquals(1, end.statusCount());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("cut"));
    TaskProcesses.assertNone("cut");
  }

  @Test
  void anUploadThatWasCutOffGoesOnBeforeTheEndIsToldOf() {
    server.artifacts.hold(true);
    server.run(
        task("cut")
            .test(
                TestBuilder.builder(
                        task("x")
                            .test("t", stage("head -c 5000000 /dev/zero > a.bin; echo b > b.bin"))
                            .build()
                            .tests()
                            .get(0))
                    .artifacts(List.of("*.bin"))
                    .build()));
    ConditionPoller.holds("a part to come", () -> !server.artifacts.offsets.isEmpty());
    agent.kill();
    server.artifacts.hold(false);
    restart();
    TaskEnded end = server.confirmedEvents.ended("cut");
    assertFalse(end.infra(), end.toString());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("cut"));
    assertEquals(List.of("a.bin", "b.bin"), server.artifacts.paths("cut"));
    assertEquals(List.of(), end.warnings());
    assertEquals(5_000_000, server.artifacts.text("a.bin").length());
    assertEquals(List.of(0L, 1L << 20, 2L << 20), server.artifacts.offsets.subList(0, 3));
  }

  @Test
  void whatATestHadLeftWhenTheAgentDiedIsStillSent() {
    server.run(
        task("cut")
            .test(
                TestBuilder.builder(
                        task("x")
                            .test("t", stage("echo b > b.bin; echo up; sleep 500"))
                            .build()
                            .tests()
                            .get(0))
                    .artifacts(List.of("*.bin"))
                    .build()));
    ConditionPoller.holds("it to run", () -> server.confirmedEvents.text("cut").contains("up"));
    agent.kill();
    restart();
    TaskEnded end = server.confirmedEvents.ended("cut");
    assertEquals("agentRestarted", end.reason());
    assertTrue(end.infra());
    assertEquals(List.of("b.bin"), server.artifacts.paths("cut"));
  }

  @Test
  void whatWasNotConfirmedIsSentAgainAndNothingTwiceInTheEnd() {
    server.queues.confirmOnly(e -> !e.type().equals(MessageTypes.TASK_ENDED));
    server.run(
        task("told")
            .test("a", stage("echo 1"))
            .test("b", stage("exit 1"))
            .test("c", stage("true")));
    ConditionPoller.holds(
        "the end", () -> server.queues.unconfirmed.contains(MessageTypes.TASK_ENDED));
    agent.kill();
    server.queues.confirmOnly(any -> true);
    restart();
    TaskEnded end = server.confirmedEvents.ended("told");
    assertFalse(end.infra(), end.toString());
    assertEquals(3, end.statusCount());
    assertEquals(
        List.of(Result.OK, Result.FAILED, Result.OK), server.confirmedEvents.results("told"));
    assertEquals("1\n", server.confirmedEvents.text("told"));
  }

  @Test
  void anAttemptThatWasConfirmedToItsEndIsForgottenByTheNextStart() throws IOException {
    server.queues.confirmOnly(e -> !e.type().equals(MessageTypes.TASK_ENDED));
    server.run(script("over", "true"));
    ConditionPoller.holds(
        "the end", () -> server.queues.unconfirmed.contains(MessageTypes.TASK_ENDED));
    agent.kill();
    // as if it had died a moment later: the confirmation written, and nothing done about it
    AgentJournal journal = new AgentJournal(dir.resolve("d/tasks"));
    for (TaskJournal task : journal.recover()) {
      task.confirm(task.unconfirmed(10).size());
      task.close();
    }
    journal.close();
    restart();
    ConditionPoller.holds(
        "it to be forgotten", () -> !dir.resolve("d/tasks/over.1").toFile().exists());
  }

  @Test
  void anAttemptThatWasOnlyAcceptedRunsAfterTheRestart() throws IOException {
    Path input = Files.writeString(dir.resolve("in.txt"), "in");
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/a.txt";
      server.run(
          script("waiting", "cat in.txt")
              .input(new Repository(null, "local", null, null, input.toString(), null, null, null))
              .input(new Repository(null, "http", null, url, null, null, null, null)));
      server.confirmedEvents.await(MessageTypes.TASK_ACKED, "waiting");
      silent.accept();
      agent.kill();
      restart();
      answer(silent.accept());
    }
    assertFalse(server.confirmedEvents.ended("waiting").infra());
    assertEquals("in", server.confirmedEvents.text("waiting"));
  }

  @Test
  void anAttemptThatWasGivenUpMeanwhileDoesNotBeginAfterTheRestart() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/a.txt";
      server.run(
          script("given-up", "true")
              .input(new Repository(null, "http", null, url, null, null, null, null)));
      server.confirmedEvents.await(MessageTypes.TASK_ACKED, "given-up");
      silent.accept();
      agent.kill();
      server.answering(false);
      restart();
      server.confirmedEvents.await(MessageTypes.TASK_ASKED, "given-up");
    }
    server.toMachine(
        MessageTypes.TASK_CANCEL,
        new TaskCancel("given-up", 1, "token-given-up-1", true, false, "lost"));
    TaskEnded end = server.confirmedEvents.ended("given-up");
    assertEquals(State.CANCELLED, end.state());
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_STARTED, "given-up"));
  }

  @Test
  void aResumableTestGoesOnWithItsNextStage() {
    Stage rebooting =
        StageBuilder.builder()
            .name("boot")
            .run(StageScript.of("touch half; echo half; sleep 500"))
            .reboot(true)
            .build();
    server.run(task("resumed").resumable("t", rebooting, stage("test -f half; echo went on")));
    ConditionPoller.holds(
        "the first stage", () -> server.confirmedEvents.text("resumed").equals("half\n"));
    agent.kill();
    restart();
    TaskEnded end = server.confirmedEvents.ended("resumed");
    assertFalse(end.infra(), end.toString());
    assertEquals(Result.OK, server.confirmedEvents.only("resumed").result());
    assertEquals("half\nwent on\n", server.confirmedEvents.text("resumed"));
  }

  @Test
  void theIdentityStaysAndTheNextStartSaysWhatItStillAnswersFor() {
    server.queues.confirmOnly(e -> !e.type().equals(MessageTypes.TASK_ENDED));
    server.run(script("kept", "true"));
    ConditionPoller.holds("its result", () -> server.confirmedEvents.results("kept").size() == 1);
    agent.kill();
    restart();
    ConditionPoller.holds("two registrations", () -> hellos().size() == 2);
    assertEquals(1, server.enrolments.size());
    MachineHello second = hellos().get(1);
    assertEquals(hellos().get(0).machineId(), second.machineId());
    assertFalse(hellos().get(0).session().equals(second.session()));
    assertEquals("kept", second.tasks().get(0).taskId());
    assertEquals("token-kept-1", second.tasks().get(0).token());
  }

  @Test
  void aCommandThatComesAgainAfterTheEndIsNotRunAgain() {
    server.run(script("again", "echo once"));
    server.confirmedEvents.ended("again");
    ConditionPoller.holds(
        "it to be forgotten", () -> !dir.resolve("d/tasks/again.1").toFile().exists());
    agent.kill();
    restart();
    server.run(script("again", "echo once"));
    server.run(script("marker", "true"));
    server.confirmedEvents.ended("marker");
    List<StatusReport> statuses = server.confirmedEvents.statuses("again");
    assertEquals(1, statuses.size());
    assertEquals(
        1,
        server.confirmedEvents.typesOf("again").stream()
            .filter(MessageTypes.TASK_ENDED::equals)
            .count());
  }

  private List<MachineHello> hellos() {
    return server.confirmedEvents.of(MessageTypes.MACHINE_REGISTERED).stream()
        .map(e -> e.payloadAs(MachineHello.class))
        .toList();
  }

  private static void answer(Socket client) throws IOException {
    try (client) {
      String text = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx";
      client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      client.getOutputStream().flush();
      client.getInputStream().readNBytes(4);
    }
  }

  private void restart() {
    agent = AgentProcess.of(server, dir, "--slots", "2");
  }
}
