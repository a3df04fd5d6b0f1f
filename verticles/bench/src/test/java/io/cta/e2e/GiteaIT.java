package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Gitea calls the shipped server when somebody pushes, and has the results at its commits.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GiteaIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String SUCCESS = "success: 1 passed";
  private static final List<String> BEGIN = List.of("pending: queued", "pending: running");

  @TempDir static Path home;
  private static GiteaServer gitea;
  private static int repositories;

  @TempDir Path dir;

  /** Each test has one of its own. */
  private final String repository = "app-" + ++repositories;

  private GiteaWorkTree work;
  private ProcessFleet fleet;
  private long webhook;

  @AfterAll
  static void stopGitea() {
    if (gitea != null) {
      gitea.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    // not before all of them: what is skipped there is not counted
    if (gitea == null) {
      gitea = GiteaServer.start(home.resolve("gitea"));
    }
    gitea.client().repository(repository);
    work = new GiteaWorkTree(dir.resolve("work"), gitea, repository);
    work.push("main", "exit 0");
    fleet = ServerKills.fleet(dir, Map.of());
    secret("gitea-token", gitea.client().token());
    define("pushed", null);
    forge(gitea.client().token());
    webhook = hook();
  }

  @AfterEach
  void stop() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void thePushedCommitIsTestedAndHasTheResult() throws Exception {
    String good = work.push("main", "exit 0 # good");
    JsonObject end = reported(good);
    assertEquals("ok", end.getString("result"), end::encode);
    assertEquals("main", end.getJsonObject("source").getString("branch"));
    assertEquals(good, log(end), "what was tested");
    JsonObject combined = gitea.client().combined(repository, good);
    assertEquals("success", combined.getString("state"), combined::encode);
    assertEquals(1, combined.getInteger("total_count"), combined::encode);
    assertEquals(history(SUCCESS), statuses(good, "pushed"));

    String bad = work.push("main", "exit 3");
    end = reported(bad);
    assertEquals("failed", end.getString("result"), end::encode);
    combined = gitea.client().combined(repository, bad);
    assertEquals("failure", combined.getString("state"), combined::encode);
    assertEquals(history("failure: 1 of 1 failed"), statuses(bad, "pushed"));
    assertEquals("success", gitea.client().combined(repository, good).getString("state"));
  }

  @Test
  void aCallThatSomebodyHasGiteaMakeAgainHasANumberOfItsOwnAndIsCarriedOut() throws Exception {
    String commit = work.push("main", "exit 0 # once");
    String id = reported(commit).getString("id");
    gitea.client().redeliver(repository, webhook);
    executions(commit, 2);
    assertTrue(ids(commit).contains(id));
  }

  @Test
  void aCommitThatIsPushedOnceMoreIsTestedOnceMore() throws Exception {
    String one = work.push("main", "exit 0 # one");
    reported(one);
    String two = work.push("main", "exit 0 # two");
    reported(two);
    work.force("main", one);
    executions(one, 2);
    work.force("main", two);
    executions(two, 2);
    assertEquals("success", gitea.client().combined(repository, two).getString("state"));
  }

  @Test
  void aPullRequestIsTestedWithEachOfItsCommits() throws Exception {
    String first = work.push("topic", "exit 0 # first");
    long number = gitea.client().pullRequest(repository, "topic");
    for (String commit : List.of(first, work.push("topic", "exit 0 # second"))) {
      JsonObject end = reported(commit);
      JsonObject source = end.getJsonObject("source");
      assertEquals(String.valueOf(number), source.getString("changeRequest"));
      assertEquals("topic", source.getString("branch"));
      assertEquals("success", gitea.client().combined(repository, commit).getString("state"));
      ConditionPoller.holds(
          "the one comment to be of " + end.getString("id"),
          LIMIT,
          () -> notes("pushed", number),
          all -> all.size() == 1 && all.get(0).contains(end.getString("id")));
    }
  }

  @Test
  void executionsKeepOneCommentOnAPullRequest() throws Exception {
    String commit = work.push("topic", "exit 3");
    long number = gitea.client().pullRequest(repository, "topic");
    String project = GiteaServer.USER + "/" + repository;
    define(
        "noted", new JsonObject().put("forge", "gitea").put("project", project).put("note", true));
    for (int i = 0; i < 2; i++) {
      JsonObject source = new JsonObject().put("commit", commit).put("changeRequest", "" + number);
      String id = start("noted", commit, source);
      JsonObject report =
          ConditionPoller.holds(
              "the note of " + id,
              LIMIT,
              () -> fleet.api.execution(id).getJsonObject("report"),
              found -> List.of("done", "failed").contains(found.getString("noteState", "")));
      assertEquals("done", report.getString("noteState"), report::encode);
      List<String> comments = notes("noted", number);
      assertEquals(1, comments.size(), comments::toString);
      assertTrue(comments.get(0).contains(id), comments::toString);
    }
  }

  @Test
  void aTokenThatMayOnlyReadIsSaidToBeRefused() throws Exception {
    forge(gitea.client().readingToken());
    String commit = work.push("main", "exit 0 # unsaid");
    JsonObject end = settled(executions(commit, 1).get(0));
    assertEquals("ok", end.getString("result"), end::encode);
    assertEquals("failed", end.getJsonObject("report").getString("state"), end::encode);
    assertTrue(end.getJsonObject("report").encode().contains("403"), end::encode);
    assertEquals(List.of(), statuses(commit, "pushed"));
  }

  @Test
  void manyExecutionsOfOneCommitAllHaveTheirResult() throws Exception {
    List<String> scenarios = List.of("a", "b", "c", "d");
    JsonObject report =
        new JsonObject().put("forge", "gitea").put("project", GiteaServer.USER + "/" + repository);
    scenarios.forEach(name -> define(name, report));
    String commit = work.push("main", "exit 0 # many");
    reported(commit);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(start(scenarios.get(i % 4), commit));
    }
    for (String id : ids) {
      JsonObject end = settled(id);
      assertEquals("done", end.getJsonObject("report").getString("state"), end::encode);
    }
    for (String scenario : scenarios) {
      List<String> all = statuses(commit, scenario);
      assertEquals(SUCCESS, all.get(all.size() - 1), all::toString);
      assertEquals(5, all.stream().filter(SUCCESS::equals).count(), all::toString);
    }
    JsonObject combined = gitea.client().combined(repository, commit);
    assertEquals("success", combined.getString("state"), combined::encode);
    assertEquals(5, combined.getInteger("total_count"), combined::encode);
  }

  /** A suite that tests the repository, and a scenario that tells a forge if it is given one. */
  private void define(String name, JsonObject report) {
    JsonObject input =
        new JsonObject()
            .put("type", "git")
            .put("url", gitea.url() + "/" + GiteaServer.USER + "/" + repository + ".git")
            .put("ref", "main")
            .put("token", "gitea-token");
    JsonObject test = ProcessFleet.test("check", "git rev-parse HEAD\nsh check.sh");
    JsonObject scenario = named("Scenario", name).put("suite", name).put("configuration", name);
    fleet.api.apply(
        named("TestSuite", name)
            .put("inputs", new JsonArray().add(input))
            .put("tests", ProcessFleet.tests(test)),
        named("Configuration", name).put("mode", "mono"),
        report == null ? scenario : scenario.put("report", report));
  }

  private void forge(String token) {
    fleet.api.apply(
        named("Forge", "gitea").put("type", "gitea").put("url", gitea.url()).put("token", token));
  }

  /** A hook of CTA, and the webhook of the repository that calls it; returns its number there. */
  private long hook() {
    JsonArray triggers =
        new JsonArray()
            .add(trigger("push").put("branches", new JsonArray().add("main")))
            .add(trigger("mergeRequest"));
    JsonObject hook =
        new JsonObject()
            .put("name", "app")
            .put("type", "gitea")
            .put("forge", "gitea")
            .put("note", true)
            .put("triggers", triggers);
    JsonObject made =
        BlockingApiClient.expect(201, fleet.api.send("POST", "/api/v1/hooks", hook.encode()));
    String address = fleet.url() + made.getString("path");
    return gitea.client().webhook(repository, address, made.getString("secret"));
  }

  private static JsonObject trigger(String event) {
    return new JsonObject().put("scenario", "pushed").put("events", new JsonArray().add(event));
  }

  private static JsonObject named(String kind, String name) {
    return new JsonObject().put("kind", kind).put("name", name);
  }

  private void secret(String name, String value) {
    JsonObject body = new JsonObject().put("name", name).put("value", value);
    BlockingApiClient.expect(201, fleet.api.send("POST", "/api/v1/secrets", body.encode()));
  }

  private String start(String scenario, String commit) {
    return start(scenario, commit, new JsonObject().put("commit", commit));
  }

  private String start(String scenario, String commit, JsonObject source) {
    JsonObject body =
        new JsonObject().put("scenario", scenario).put("ref", commit).put("source", source);
    return BlockingApiClient.expect(
            202, fleet.api.send("POST", "/api/v1/executions", body.encode()))
        .getString("id");
  }

  /** The one execution of a commit, when Gitea has taken its result. */
  private JsonObject reported(String commit) {
    JsonObject end = settled(executions(commit, 1).get(0));
    assertEquals("done", end.getJsonObject("report").getString("state"), end::encode);
    return end;
  }

  private List<String> executions(String commit, int count) {
    List<String> ids =
        ConditionPoller.holds(
            count + " executions of " + commit,
            LIMIT,
            () -> ids(commit),
            found -> found.size() >= count);
    assertEquals(count, ids.size());
    ids.forEach(this::settled);
    return ids;
  }

  private List<String> ids(String commit) {
    return fleet.api.all("/api/v1/executions?commit=" + commit).stream()
        .map(execution -> execution.getString("id"))
        .toList();
  }

  private JsonObject settled(String id) {
    return ConditionPoller.holds(
        "the report of " + id,
        LIMIT,
        () -> fleet.api.execution(id),
        e ->
            e.getString("finishedAt") != null
                && List.of("done", "failed")
                    .contains(e.getJsonObject("report").getString("state")));
  }

  private List<String> statuses(String commit, String scenario) {
    return gitea.client().statuses(repository, commit, "cta/" + scenario);
  }

  /** Those of a scenario. */
  private List<String> notes(String scenario, long number) {
    return gitea.client().comments(repository, number).stream()
        .filter(text -> text.contains("` " + scenario + " `"))
        .toList();
  }

  private static List<String> history(String last) {
    List<String> all = new ArrayList<>(BEGIN);
    all.add(last);
    return all;
  }

  /** What its test printed. */
  private String log(JsonObject execution) {
    String tasks = "/api/v1/executions/" + execution.getString("id") + "/tasks";
    String id = fleet.api.all(tasks).get(0).getString("id");
    return fleet.api.text("/api/v1/tasks/" + id + "/log").strip();
  }
}
