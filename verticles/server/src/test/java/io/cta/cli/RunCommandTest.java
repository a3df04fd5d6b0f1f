package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.StartRequestSender;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RunCommandTest {
  private static final String EXECUTION = "/api/v1/executions/E1";

  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    server.answer("POST", "/api/v1/executions", 202, execution("pending", null));
    server.answer("GET", "/api/v1/machines", 200, "{\"items\":[{\"id\":\"M1\",\"name\":\"box\"}]}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String execution(String state, String result) {
    String outcome = result == null ? "" : "\"result\":\"" + result + "\",";
    return "{\"id\":\"E1\",\"scenarioId\":\"S1\",\"scenarioName\":\"s\",\"state\":\""
        + state
        + "\","
        + outcome
        + "\"counts\":{\"ok\":3,\"skipped\":1}}";
  }

  private static String task(String state, String result) {
    return "{\"items\":[{\"id\":\"E1-0\",\"executionId\":\"E1\",\"ordinal\":0,\"attempt\":1,"
        + "\"machineId\":\"M1\",\"testIds\":[\"t\"],\"state\":\""
        + state
        + "\""
        + (result == null ? "" : ",\"result\":\"" + result + "\",\"counts\":{\"ok\":3}")
        + ("failed".equals(result) ? ",\"notOk\":{\"t\":\"failed\"}" : "")
        + "}]}";
  }

  private CommandRun run(String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("run", "s", "--server", server.url()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "finished,ok,0",
    "finished,failed,1",
    "finished,inconclusive,2",
    "finished,partial,3",
    "cancelled,inconclusive,4",
    "timeout,failed,5"
  })
  void theExitCodeIsTheResult(String state, String result, int code) {
    server.answer("GET", EXECUTION, 200, execution(state, result));
    server.answer("GET", EXECUTION + "/tasks", 200, task("finished", result));
    assertEquals(code, run("--wait").code());
  }

  @Test
  void progressSaysWhichMachineDoesWhatAndTheSummaryCounts() {
    server.answer("GET", EXECUTION, 200, execution("running", null));
    server.answer("GET", EXECUTION, 200, execution("finished", "ok"));
    server.answer("GET", EXECUTION + "/tasks", 200, task("running", null));
    server.answer("GET", EXECUTION + "/tasks", 200, task("finished", "ok"));
    CommandRun run = run("--wait");
    assertTrue(run.out().contains("s is running"), run.out());
    assertTrue(run.out().contains("t runs on box"), run.out());
    assertTrue(run.out().contains("t ok on box: 3 ok"), run.out());
    assertTrue(run.out().contains("3 ok, 1 skipped; 4 in all"), run.out());
    assertTrue(run.out().contains("box: 1 test, 3 ok"), run.out());
  }

  @Test
  void whatFailedIsNamedWithItsMachineWhatItSaysAndTheCommandForMore() {
    JsonObject ended = new JsonObject(execution("finished", "failed"));
    ended.put("counts", new JsonObject().put("ok", 3).put("failed", 42));
    server.answer("GET", EXECUTION, 200, ended.encode());
    server.answer("GET", EXECUTION + "/tasks", 200, task("finished", "failed"));
    JsonObject status =
        new JsonObject()
            .put("testName", "t")
            .put("taskId", "E1-0")
            .put("attempt", 1)
            .put("source", "report")
            .put("name", "Case#one")
            .put("result", "failed")
            .put("machineName", "box")
            .put("message", "Failed\nexpected 1\nbut was 2")
            .put("details", new JsonObject().put("file", "Case.java").put("line", 7));
    JsonArray items = new JsonArray().add(status);
    server.answer(
        "GET", EXECUTION + "/statuses", 200, new JsonObject().put("items", items).encode());
    CommandRun run = run("--wait");
    String said =
        """
          failed: t Case#one on box (Case.java:7)
              expected 1
              but was 2
            cta log E1-0 --attempt 1
          and 41 more: cta results E1
        """
            .indent(0);
    assertTrue(run.out().contains(said.stripTrailing()), run.out());
    assertEquals(1, run.code());
  }

  @Test
  void resultsThatCannotBeReadAreReportedAndTheExitCodeStays() {
    JsonObject ended = new JsonObject(execution("finished", "failed"));
    ended.put("counts", new JsonObject().put("failed", 1));
    server.answer("GET", EXECUTION, 200, ended.encode());
    server.answer("GET", EXECUTION + "/tasks", 200, task("finished", "failed"));
    CommandRun run = run("--wait");
    assertTrue(run.out().contains("results not read: "), run.out());
    assertEquals(1, run.code());
  }

  @Test
  void aServerThatIsAwayForAWhileIsWaitedFor() {
    server.answer("GET", EXECUTION, 200, execution("running", null));
    for (int status : new int[] {500, 502, 504, 429}) {
      server.answer("GET", EXECUTION, status, "<html>proxy</html>");
    }
    server.answer("GET", EXECUTION, FakeServer.CUT, "");
    server.answer("GET", EXECUTION, 503, "{\"detail\":\"starting\"}");
    server.answer("GET", EXECUTION, 200, execution("finished", "ok"));
    server.answer("GET", EXECUTION + "/tasks", 200, task("finished", "ok"));
    CommandRun run = run("--wait");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("HTTP 500; trying again"), run.out());
    assertTrue(run.out().contains("the server is back"), run.out());
    assertFalse((run.out() + run.err()).contains("<html"), "a page in a message");
  }

  @Test
  void aConnectionThatIsCutIsMadeAgain() {
    server.answer("GET", EXECUTION, 200, execution("running", null));
    // more often than the client of the JDK tries by itself
    for (int i = 0; i < 12; i++) {
      server.answer("GET", EXECUTION, FakeServer.CUT, "");
    }
    server.answer("GET", EXECUTION, 200, execution("finished", "partial"));
    server.answer("GET", EXECUTION + "/tasks", 200, task("finished", "partial"));
    CommandRun run = run("--wait", "--cancel-on-interrupt");
    assertEquals(3, run.code(), run.err());
    assertTrue(server.asked.stream().noneMatch(request -> request.path().endsWith("/cancel")));
  }

  @Test
  void aRequestWhoseAnswerWasLostIsSentAgainWithTheSameKey() throws IOException {
    try (FakeServer flaky = new FakeServer()) {
      flaky.answer("POST", "/api/v1/executions", 503, "{}");
      flaky.answer("POST", "/api/v1/executions", 202, execution("pending", null));
      ApiClient api = new ApiClient(flaky.url(), null);
      JsonObject order =
          new JsonObject().put("scenario", "s").put("parameters", new JsonObject().put("A", "b"));
      assertEquals("E1", new StartRequestSender(api, order, null).send().id());
      assertEquals(2, flaky.asked.size());
      assertEquals(flaky.asked.get(0).key(), flaky.asked.get(1).key());
      assertEquals("b", flaky.asked.get(1).json().getJsonObject("parameters").getString("A"));
    }
  }

  @Test
  void refsAndInputsAreSentAsTheyWereGiven() {
    assertEquals(0, run("--ref", "v2", "--input", "lib=1.2", "-p", "LEVEL=3", "--quiet").code());
    JsonObject sent = server.asked.get(0).json();
    assertEquals("v2", sent.getString("ref"));
    assertEquals(new JsonObject().put("lib", "1.2"), sent.getJsonObject("inputs"));
    assertEquals(new JsonObject().put("LEVEL", "3"), sent.getJsonObject("parameters"));
  }

  @Test
  void withoutWaitItEndsAtOnceAndQuietPrintsNothingButTheId() {
    CommandRun run = run("--quiet");
    assertEquals(0, run.code());
    assertEquals("E1", run.out().strip());
    assertEquals(1, server.asked.size());
  }

  @Test
  void anUnknownScenarioFailsWithTheTextOfTheServer() throws IOException {
    try (FakeServer other = new FakeServer()) {
      other.answer("POST", "/api/v1/executions", 404, "{\"detail\":\"no scenario s\"}");
      CommandRun run = CommandRun.of("run", "s", "--server", other.url());
      assertEquals(66, run.code());
      assertEquals("cta: no scenario s", run.err().strip());
    }
  }

  @ParameterizedTest
  @CsvSource({"401,77", "403,77", "404,66", "400,64", "409,64", "429,69", "503,69", "500,69"})
  void aRefusedStartHasAnExitCodeThatIsNoResult(int status, int code) throws IOException {
    try (FakeServer other = new FakeServer()) {
      other.answer("POST", "/api/v1/executions", status, "{\"detail\":\"no\"}");
      assertEquals(code, CommandRun.of("run", "s", "--wait", "--server", other.url()).code());
    }
  }

  @Test
  void aServerThatIsNotThereIsNotAFailedTest() throws IOException {
    String gone;
    try (FakeServer other = new FakeServer()) {
      gone = other.url();
    }
    assertEquals(69, CommandRun.of("run", "s", "--wait", "--server", gone).code());
  }

  @Test
  void aWaitThatEndsBeforeTheExecutionHasItsOwnExitCode() {
    server.answer("GET", EXECUTION, 200, execution("running", null));
    server.answer("GET", EXECUTION + "/tasks", 200, task("running", null));
    CommandRun run = run("--wait", "--wait-limit", "0s");
    assertEquals(75, run.code(), run.err());
    assertTrue(run.err().contains("it still runs, the wait is over"), run.err());
    assertEquals(64, run("--wait", "--wait-limit", "soon").code());
  }

  @Test
  void anInvalidAddressIsWrongUsage() {
    assertEquals(64, CommandRun.of("run", "s", "--server", "not an address").code());
  }

  @Test
  void logPrintsTheOutputFromWhereItStopped() {
    Map<String, String> more = Map.of("X-CTA-Log-Next", "4", "X-CTA-Log-Complete", "false");
    Map<String, String> all = Map.of("X-CTA-Log-Next", "9", "X-CTA-Log-Complete", "true");
    server.answer("GET", EXECUTION, 200, execution("running", null));
    server.answer("GET", EXECUTION, 200, execution("finished", "ok"));
    server.answer("GET", EXECUTION + "/tasks", 200, task("finished", "ok"));
    server.answer("GET", "/api/v1/tasks/E1-0/log", 200, "one\n", more);
    server.answer("GET", "/api/v1/tasks/E1-0/log", 200, "five\n", all);
    CommandRun run = run("--wait", "--log");
    assertTrue(run.out().contains("one" + "\n" + "five\n"), run.out());
    assertTrue(server.asked.stream().anyMatch(a -> a.path().endsWith("/log?attempt=1&offset=4")));
  }

  @Test
  void logPrintsTheRestOfAnAttemptThatIsTriedAgain() {
    Map<String, String> more = Map.of("X-CTA-Log-Next", "4", "X-CTA-Log-Complete", "false");
    Map<String, String> first = Map.of("X-CTA-Log-Next", "9", "X-CTA-Log-Complete", "true");
    server.answer("GET", EXECUTION, 200, execution("running", null));
    server.answer("GET", EXECUTION, 200, execution("finished", "ok"));
    server.answer("GET", EXECUTION + "/tasks", 200, task("running", null));
    JsonObject again = new JsonObject(task("finished", "ok"));
    again
        .getJsonArray("items")
        .getJsonObject(0)
        .put("attempt", 2)
        .put("attempts", new JsonArray().add(new JsonObject().put("number", 1)));
    server.answer("GET", EXECUTION + "/tasks", 200, again.encode());
    server.answer("GET", "/api/v1/tasks/E1-0/log", 200, "one\n", more);
    server.answer("GET", "/api/v1/tasks/E1-0/log", 200, "", more);
    server.answer("GET", "/api/v1/tasks/E1-0/log", 200, "last\n", first);
    server.answer("GET", "/api/v1/tasks/E1-0/log", 200, "again\n", first);
    CommandRun run = run("--wait", "--log");
    assertTrue(run.out().contains("last\nagain\n"), run.out());
    assertTrue(server.asked.stream().anyMatch(a -> a.path().endsWith("/log?attempt=2&offset=0")));
  }

  @ParameterizedTest
  @CsvSource({"401,77", "404,66", "400,64"})
  void aWaitThatFailsCancelsNothing(int status, int code) {
    server.answer("GET", EXECUTION, status, "{\"detail\":\"no\"}");
    assertEquals(code, run("--wait", "--cancel-on-interrupt").code());
    assertTrue(server.asked.stream().noneMatch(request -> request.path().endsWith("/cancel")));
  }

  @Test
  void aStartThatAProxyKeepsFromTheServerIsSentAgainWithTheSameKey() throws IOException {
    try (FakeServer flaky = new FakeServer()) {
      for (int i = 0; i < 10; i++) {
        flaky.answer("POST", "/api/v1/executions", 502, "<html>proxy</html>");
      }
      flaky.answer("POST", "/api/v1/executions", 202, execution("pending", null));
      flaky.answer("GET", EXECUTION, 200, execution("finished", "ok"));
      flaky.answer("GET", EXECUTION + "/tasks", 200, "{\"items\":[]}");
      assertEquals(0, CommandRun.of("run", "s", "--wait", "--server", flaky.url()).code());
      assertEquals(
          1,
          flaky.asked.stream().limit(11).map(FakeServer.ReceivedRequest::key).distinct().count());
    }
  }

  @Test
  void aReportIsThereWholeOrNotAtAll(@TempDir Path dir) throws IOException {
    server.answer("GET", EXECUTION, 200, execution("finished", "ok"));
    server.answer("GET", EXECUTION + "/tasks", 200, task("finished", "ok"));
    Path file = dir.resolve("results.xml");
    server.answer("GET", EXECUTION + "/export", 404, "{\"detail\":\"no\"}");
    server.answer("GET", EXECUTION + "/export", 200, "<testsuites/>");
    assertEquals(74, run("--wait", "--junit", file.toString()).code());
    try (Stream<Path> left = Files.list(dir)) {
      assertEquals(List.of(), left.toList());
    }
    assertEquals(0, run("--wait", "--junit", file.toString()).code());
    assertEquals("<testsuites/>", Files.readString(file));
    try (Stream<Path> left = Files.list(dir)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void anAnswerThatIsNotFromAServerIsNotAFailedTest() throws IOException {
    try (FakeServer portal = new FakeServer()) {
      portal.answer("POST", "/api/v1/executions", 200, "<html>log in to our network</html>");
      assertEquals(69, CommandRun.of("run", "s", "--wait", "--server", portal.url()).code());
    }
  }

  @Test
  void aNameThatDoesNotResolveIsAServerThatIsAway() {
    CommandRun show = CommandRun.of("show", "E1", "--server", "http://no-such-host.invalid");
    assertEquals(69, show.code(), show.err());
  }

  @Test
  void aFaultOfTheCommandIsNotAFailedTest() {
    server.answer("GET", EXECUTION, 200, "{\"id\":\"E1\",\"state\":\"running\",\"counts\":7}");
    assertEquals(70, run("--wait").code());
  }

  @Test
  void anEndThatOnlyALaterServerKnowsEndsTheWaitAndIsNotGood() {
    String ended = execution("superseded", "ok").replace("{\"id\"", "{\"terminal\":true,\"id\"");
    server.answer("GET", EXECUTION, 200, ended);
    server.answer("GET", EXECUTION + "/tasks", 200, task("superseded", "ok"));
    CommandRun run = run("--wait");
    assertEquals(2, run.code());
    assertTrue(run.out().contains("inconclusive (unknown state superseded: "), run.out());
  }
}
