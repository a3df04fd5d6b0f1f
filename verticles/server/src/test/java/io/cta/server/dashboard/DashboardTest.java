package io.cta.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.message.TaskRun;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user logs in, starts a scenario and watches it. The tests are the ordered steps of this. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardTest {
  private static final String EVIL = "<img src=x onerror=alert(1)> & \"quotes\"";
  private static final String DEFINITIONS =
      """
      {"documents": [
        {"kind": "TestSuite", "name": "shop", "tests": [
          {"name": "checkout", "stages": [{"run": "true"}]}]},
        {"kind": "Configuration", "name": "anywhere", "mode": "mono"},
        {"kind": "Scenario", "name": "nightly", "suite": "shop", "configuration": "anywhere"}]}
      """;

  @TempDir private static Path dir;

  private static Vertx vertx;
  private static RunningServer server;
  private static LinkedAgent agent;
  private static HeadlessBrowser headlessBrowser;
  private static TaskRun run;

  @BeforeAll
  static void open() throws Exception {
    HeadlessBrowser.require();
    vertx = Vertx.vertx();
    server = new RunningServer(vertx, dir.resolve("data"));
    server.post("/apply", new JsonObject(DEFINITIONS));
    agent = server.agent(vertx, "build-1");
    headlessBrowser = HeadlessBrowser.start(dir.resolve("profile"));
  }

  @AfterAll
  static void close() throws Exception {
    if (headlessBrowser != null) {
      headlessBrowser.close();
    }
    if (agent != null) {
      agent.close();
    }
    if (server != null) {
      server.close();
    }
    if (vertx != null) {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
  }

  @Test
  @Order(1)
  void aWrongPasswordIsRefusedAndTheRightOneLogsIn() throws Exception {
    headlessBrowser.open(server.url() + "/");
    headlessBrowser.type("#field-name", "admin");
    headlessBrowser.type("#field-password", "guessed wrong");
    headlessBrowser.click("form button");
    headlessBrowser.until(
        () -> !quiet(".form-error").isEmpty(), () -> "the form says nothing of the wrong password");
    headlessBrowser.script("document.querySelector('#field-password').value = ''");
    headlessBrowser.type("#field-password", RunningServer.PASSWORD);
    headlessBrowser.click("form button");
    headlessBrowser.sees("h1", "Executions");
    headlessBrowser.sees(".connection", "Live");
    headlessBrowser.sees(".panel", "No executions yet");
  }

  @Test
  @Order(2)
  void theFleetShowsTheMachine() throws Exception {
    headlessBrowser.click("a[href='#/fleet']");
    headlessBrowser.sees(".machine-row", "build-1");
    headlessBrowser.sees(".machine-row", "0/");
    assertTrue(
        headlessBrowser.text(".tiles").contains("of 1 machine"), headlessBrowser.text(".tiles"));
  }

  @Test
  @Order(3)
  void aScenarioIsStartedFromTheChooserAndIsShownLive() throws Exception {
    headlessBrowser.click("a[href='#/executions']");
    headlessBrowser.click(".page-head .primary");
    headlessBrowser.sees(".choices", "nightly");
    headlessBrowser.click(".choice");
    run = agent.task();
    headlessBrowser.sees(".execution-head .badge", "running");
    headlessBrowser.sees(".lane", "build-1");
    agent.writes(run, "first line\n");
    headlessBrowser.sees(".log-view", "first line");
    agent.writes(run, "second line " + EVIL + "\n");
    headlessBrowser.sees(".log-view", EVIL);
  }

  @Test
  @Order(4)
  void resultsAppearAsTheyAreReportedAndAreNeverMarkup() throws Exception {
    agent.reports(run, 1, "pays " + EVIL, Result.FAILED, EVIL + "\nat line 2");
    agent.reports(run, 2, "ships", Result.OK, null);
    headlessBrowser.sees(".statuses", "pays " + EVIL);
    headlessBrowser.sees(".statuses", "ships");
    headlessBrowser.click(".status-row");
    headlessBrowser.sees(".message", "at line 2");
    assertEquals(0L, number("return document.querySelectorAll('img[src=x]').length"));
  }

  @Test
  @Order(5)
  void itsEndIsShownWithoutReloading() throws Exception {
    headlessBrowser.script("window.sameVisit = true");
    agent.ends(run, 2);
    headlessBrowser.sees(".execution-head .badge", "failed");
    headlessBrowser.sees(".execution-head .actions", "Rerun failed");
    assertEquals(true, headlessBrowser.script("return window.sameVisit"));
    headlessBrowser.click(".brand");
    headlessBrowser.sees(".execution-row", "nightly");
    headlessBrowser.sees(".execution-row .badge", "failed");
  }

  @Test
  @Order(6)
  void aLongLogIsReadInRangesAndOnlyVisibleLinesAreInThePage() throws Exception {
    server.post("/executions", new JsonObject().put("scenario", "nightly"));
    TaskRun noisy = agent.task();
    for (int part = 0; part < 40; part++) {
      agent.writes(noisy, lines(part * 1_000, 1_000));
    }
    agent.reports(noisy, 1, null, Result.OK, null);
    agent.ends(noisy, 1);
    headlessBrowser.open(server.url() + "/#/executions/" + noisy.executionId());
    headlessBrowser.sees(".execution-head .badge", "ok");
    headlessBrowser.sees(".log-view", "line 0 ");
    assertTrue(number("return document.querySelectorAll('.log-line').length") < 300);
    headlessBrowser.click(".log-head button");
    headlessBrowser.sees(".log-view", "line 39999 ");
    assertTrue(number("return document.querySelectorAll('.log-line').length") < 300);
  }

  @Test
  @Order(7)
  void thePageKeepsToItsContentPolicy() throws Exception {
    List<String> errors =
        headlessBrowser.errors().stream().filter(m -> !m.contains("401 (Unauthorized)")).toList();
    assertEquals(List.of(), errors);
    assertEquals(
        0L,
        number("return document.querySelectorAll('[style*=\"url\"], script:not([src])').length"));
  }

  private static String lines(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "line " + i + " of a log that is long enough to be read in ranges\n")
        .collect(Collectors.joining());
  }

  private static long number(String script) throws Exception {
    return ((Number) headlessBrowser.script(script)).longValue();
  }

  private static String quiet(String css) {
    try {
      return headlessBrowser.text(css);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
