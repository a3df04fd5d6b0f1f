package io.cta.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.broker.KeptPort;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.message.MessageTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an agent, as a process of its own, starts, and when it does not. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StartTest {
  @TempDir Path dir;
  private TestServer server;
  private AgentProcess agent;

  @BeforeEach
  void start() {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void everyMistakeInTheOptionsIsReportedTogether() {
    agent =
        new AgentProcess(
            dir.resolve("log"),
            Map.of("CTA_AGENT_SLOTZ", "1"),
            List.of(),
            "--server",
            "ftp://x",
            "--slots",
            "none",
            "--log-limit",
            "much",
            "--property",
            "x");
    assertEquals(2, agent.exitCode());
    String said = agent.output();
    for (String word : List.of("--server", "--slots", "--log-limit", "--property", "SLOTZ")) {
      assertTrue(said.contains(word), word + " is not in: " + said);
    }
  }

  @Test
  void anAgentEnrolsAndConnectsAtWhicheverServerIsThere() {
    String nobody = "http://127.0.0.1:" + KeptPort.next();
    agent =
        new AgentProcess(
            dir.resolve("log"),
            Map.of(),
            List.of(),
            "--server",
            nobody + "," + server.url(),
            "--token",
            TestServer.TOKEN,
            "--data",
            dir.resolve("data").toString());
    registered(1);
  }

  @Test
  void aListOfServersIsCheckedOneByOne() {
    agent =
        new AgentProcess(
            dir.resolve("log"), Map.of(), List.of(), "--server", "http://a:1,b:2", "--token", "x");
    assertEquals(2, agent.exitCode());
    assertTrue(agent.output().contains("not b:2"), agent.output());
  }

  @Test
  void anUnknownOptionIsAnError() {
    agent = new AgentProcess(dir.resolve("log"), Map.of(), List.of(), "--sever", "x");
    assertEquals(2, agent.exitCode());
    assertTrue(agent.output().contains("--sever"), agent.output());
  }

  @Test
  void withoutAHomeTheDataDirectoryHasToBeNamed() {
    Path none = dir.resolve("none");
    agent = homeless(none);
    assertEquals(2, agent.exitCode());
    String said = agent.output();
    assertTrue(said.contains("--data (CTA_AGENT_DATA) is required"), said);
    assertTrue(said.contains("HOME is " + none), said);
    assertTrue(!Files.exists(Path.of("?")));
  }

  @Test
  void whereTheSystemKnowsNoHomeTheVariableDoes() {
    agent = homeless(dir);
    registered(1);
    assertTrue(Files.exists(dir.resolve(".cta-agent/identity.json")));
    assertTrue(!Files.exists(Path.of("?")));
  }

  @Test
  void whoNamesADataDirectoryNeedsNoHome() {
    agent = homeless(dir.resolve("none"), "--data", dir.resolve("d").toString());
    registered(1);
    server.run(TaskBuilder.script("works", "pwd"));
    assertEquals(State.FINISHED, server.confirmedEvents.ended("works").state());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("works"));
    assertTrue(!Files.exists(Path.of("?")));
  }

  /** Starts an agent as under a user id that has no name. */
  private AgentProcess homeless(Path home, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--server", server.url()));
    arguments.addAll(List.of("--token", TestServer.TOKEN));
    arguments.addAll(List.of(more));
    return new AgentProcess(
        dir.resolve("log"),
        Map.of("HOME", home.toString()),
        List.of("-Duser.home=?"),
        arguments.toArray(String[]::new));
  }

  @Test
  void aCleanerOfTemporaryFilesDoesNotHurtIt() throws IOException {
    Path temporary = Files.createDirectory(dir.resolve("tmp"));
    agent =
        new AgentProcess(
            dir.resolve("log"),
            Map.of("TMPDIR", temporary.toString()),
            List.of("-Djava.io.tmpdir=" + temporary),
            "--server",
            server.url(),
            "--token",
            TestServer.TOKEN,
            "--data",
            dir.resolve("d").toString());
    registered(1);
    server.run(TaskBuilder.script("before", "true"));
    assertEquals(State.FINISHED, server.confirmedEvents.ended("before").state());
    removed(temporary);
    server.run(TaskBuilder.script("after", "echo still here"));
    assertEquals(State.FINISHED, server.confirmedEvents.ended("after").state());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("after"));
    assertEquals("still here\n", server.confirmedEvents.text("after"));
  }

  private static void removed(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void anAgentThatTheServerRefusesSaysSoAndEnds() {
    agent =
        new AgentProcess(
            dir.resolve("log"),
            Map.of("CTA_AGENT_DATA", dir.resolve("d").toString()),
            List.of(),
            "--server",
            server.url(),
            "--token",
            "wrong");
    assertEquals(77, agent.exitCode());
    assertTrue(agent.output().contains("no such registration token"), agent.output());
  }

  @Test
  void aSecondAgentOnTheSameDataIsRefused() {
    agent = AgentProcess.of(server, dir);
    registered(1);
    try (AgentProcess second = AgentProcess.of(server, dir)) {
      assertEquals(4, second.exitCode());
    }
    assertTrue(agent.output().contains("another agent uses"), agent.output());
    assertTrue(agent.alive());
  }

  @Test
  void itEnrolsAsSoonAsTheServerIsThereAndKeepsItsIdentityToItself() throws IOException {
    server.shut();
    agent = AgentProcess.of(server, dir);
    ConditionPoller.holds("it to wait", () -> agent.output().contains("not enrolled yet"));
    server.open();
    registered(1);
    Path identity = dir.resolve("d/identity.json");
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(identity)));
    assertTrue(!agent.output().contains("agent-token"), "the log has the token");
  }

  @Test
  void theTokenMayComeFromAFileAndStandsInNoCommandLine() throws IOException {
    Path file = Files.writeString(dir.resolve("token"), TestServer.TOKEN + "\n");
    agent = with(Map.of("CTA_AGENT_TOKEN_FILE", file.toString()));
    registered(1);
    agent.kill();
    Files.delete(dir.resolve("d/identity.json"));
    agent = with(Map.of(), "--token-file", file.toString());
    registered(2);
    assertTrue(!agent.output().contains("every user of this machine can see"));
  }

  @Test
  void aTokenInTheCommandLineIsWarnedOf() {
    agent = AgentProcess.of(server, dir);
    registered(1);
    assertTrue(agent.output().contains("every user of this machine can see"), agent.output());
  }

  @Test
  void aTokenFileThatCannotBeReadOrIsOneTooManyIsReported() {
    agent = with(Map.of(), "--token-file", dir.resolve("none").toString());
    assertEquals(2, agent.exitCode());
    assertTrue(agent.output().contains("cannot be read"), agent.output());
    agent = with(Map.of(), "--token-file", "x", "--token", "y");
    assertEquals(2, agent.exitCode());
    assertTrue(agent.output().contains("must not be given together"), agent.output());
  }

  @Test
  void anAgentThatEnrolsAgainProvesThatItIsTheSameOne() throws IOException {
    agent = AgentProcess.of(server, dir);
    registered(1);
    agent.kill();
    Files.delete(dir.resolve("d/identity.json"));
    agent = AgentProcess.of(server, dir);
    registered(2);
    String proof = server.enrolments.get(0).getString("identity");
    assertEquals(43, proof.length());
    assertEquals(proof, server.enrolments.get(1).getString("identity"));
    assertTrue(!agent.output().contains(proof), "the log has the proof");
  }

  @Test
  void nobodyElseReadsWhatAnAgentKeeps() throws IOException {
    Files.createDirectories(dir.resolve("d"));
    Files.setPosixFilePermissions(dir.resolve("d"), PosixFilePermissions.fromString("rwxr-xr-x"));
    agent = AgentProcess.of(server, dir);
    registered(1);
    server.run(TaskBuilder.script("kept", "sleep 60"));
    Path journal = dir.resolve("d/tasks/kept.1/journal");
    ConditionPoller.holds("a journal", () -> Files.exists(journal));
    assertEquals("rwx------", permissions(dir.resolve("d")));
    for (String file : List.of("lock", "identity.json", "enrolment.key", "tasks/done")) {
      assertEquals("rw-------", permissions(dir.resolve("d").resolve(file)), file);
    }
    assertEquals("rw-------", permissions(journal));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private AgentProcess with(Map<String, String> env, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--server", server.url()));
    arguments.addAll(List.of("--data", dir.resolve("d").toString()));
    arguments.addAll(List.of(more));
    return new AgentProcess(dir.resolve("log"), env, List.of(), arguments.toArray(String[]::new));
  }

  @Test
  void withAnIdentityNoRegistrationTokenIsNeeded() {
    agent = AgentProcess.of(server, dir);
    registered(1);
    agent.kill();
    agent =
        new AgentProcess(
            dir.resolve("log"),
            Map.of(),
            List.of(),
            "--server",
            server.url(),
            "--data",
            dir.resolve("d").toString());
    registered(2);
    assertEquals(1, server.enrolments.size());
  }

  private void registered(int times) {
    ConditionPoller.holds(
        times + " registrations",
        () -> server.confirmedEvents.of(MessageTypes.MACHINE_REGISTERED).size() >= times);
  }
}
