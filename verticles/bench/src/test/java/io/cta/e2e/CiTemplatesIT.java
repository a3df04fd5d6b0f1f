package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.fleet.ShippedJars;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the templates in {@code conf/ci}, run as jobs of their systems run them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CiTemplatesIT {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final Map<String, String> GITLAB =
      Map.of(
          "GITLAB_CI", "true",
          "CI_COMMIT_SHA", COMMIT,
          "CI_COMMIT_BRANCH", "ma\"in",
          "CI_COMMIT_REF_NAME", "ma\"in",
          "CI_PROJECT_URL", "https://lab.example/group/app",
          "CI_PIPELINE_IID", "12",
          "CI_JOB_ID", "345",
          "CI_JOB_URL", "https://lab.example/group/app/-/jobs/345");
  private static final Pattern STEP = Pattern.compile("sh '([^']+)'");
  private static final Pattern LONG_STEP = Pattern.compile("sh '''(.+?)'''", Pattern.DOTALL);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path dir;
  private ProcessFleet fleet;

  @BeforeEach
  void start() {
    fleet = new ProcessFleet(dir).startServers().startAgent("a").online(1);
    define("good", "exit 0", "1m");
    define("bad", "exit 3", "1m");
    define("slow", "sleep 60", "2s");
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void aJobOfGitLabEndsAsTheScenario() throws Exception {
    List<String> script = strings(yaml("gitlab.yml").at("/.cta/script"));
    assertEquals(0, job(script, GITLAB, "good"));
    assertEquals(1, job(script, GITLAB, "bad"));
    assertTrue(results().contains("failures=\"1\""), results());
    assertEquals("345", lastLink());
  }

  @Test
  void aJobOfGitLabWithNothingButCurlDoesToo() throws Exception {
    List<String> script = strings(yaml("gitlab.yml").at("/.cta-curl/script"));
    assertEquals(0, job(script, GITLAB, "good"));
    assertTrue(results().contains("failures=\"0\""), results());
    JsonObject source = fleet.api.all("/api/v1/executions").get(0).getJsonObject("source");
    assertEquals(COMMIT, source.getString("commit"));
    assertEquals("main", source.getString("branch"));
    assertEquals("345", lastLink());
    assertEquals(1, job(script, with(GITLAB, "CI_JOB_ID", "346"), "bad"));
    assertEquals(5, job(script, with(GITLAB, "CI_JOB_ID", "347"), "slow"));
    assertEquals(69, job(script, with(GITLAB, "CI_JOB_ID", "348"), "none"));
  }

  @Test
  void aBuildOfJenkinsEndsAsTheScenario() throws Exception {
    Matcher steps = STEP.matcher(Files.readString(ShippedJars.source("conf/ci/Jenkinsfile")));
    List<String> script = new ArrayList<>();
    while (steps.find()) {
      script.add(steps.group(1));
    }
    Map<String, String> env =
        Map.of(
            "JENKINS_URL", "https://ci.example/",
            "GIT_COMMIT", COMMIT,
            "BUILD_URL", "https://ci.example/job/app/345");
    assertEquals(2, script.size());
    assertEquals(0, job(script, env, "good"));
    assertEquals("345", lastLink());
    assertEquals(1, job(script, env, "bad"));
  }

  @Test
  void aWorkflowEndsAsTheScenario() throws Exception {
    List<String> script = new ArrayList<>();
    yaml("workflow.yml")
        .at("/jobs/cta/steps")
        .forEach(step -> script.addAll(strings(step.path("run"))));
    Map<String, String> env =
        Map.of(
            "GITHUB_ACTIONS", "true",
            "GITHUB_SERVER_URL", "https://hub.example",
            "GITHUB_REPOSITORY", "group/app",
            "GITHUB_SHA", COMMIT,
            "GITHUB_RUN_ID", "345");
    assertEquals(2, script.size());
    assertEquals(0, job(script, env, "good"));
    assertEquals("345", lastLink());
    assertEquals(1, job(script, env, "bad"));
  }

  @Test
  void aBuildOfJenkinsHasAHookStartTheScenario() throws Exception {
    JsonObject trigger = new JsonObject().put("scenario", "good").put("checkout", false);
    JsonObject hook =
        new JsonObject()
            .put("name", "builds")
            .put("type", "jenkins")
            .put("secret", "the-secret-of-the-hook")
            .put("triggers", new JsonArray().add(trigger));
    JsonObject made =
        BlockingApiClient.expect(201, fleet.api.send("POST", "/api/v1/hooks", hook.encode()));
    Matcher step =
        LONG_STEP.matcher(Files.readString(ShippedJars.source("conf/ci/Jenkinsfile.hook")));
    assertTrue(step.find());
    List<String> script = List.of(step.group(1).replace("\\\\", "\\"));
    Map<String, String> env =
        Map.of(
            "CTA_HOOK_URL", fleet.url() + made.getString("path"),
            "CTA_HOOK_SECRET", "the-secret-of-the-hook",
            "GIT_COMMIT", COMMIT,
            "GIT_BRANCH", "origin/ma\"in",
            "BUILD_NUMBER", "345",
            "BUILD_URL", "https://ci.example/job/app/345");
    assertEquals(0, job(script, env, "good"));
    assertEquals(0, job(script, env, "good"));
    ConditionPoller.holds(
        "an execution", LIMIT, () -> fleet.api.all("/api/v1/executions"), all -> !all.isEmpty());
    JsonObject only = fleet.api.all("/api/v1/executions").get(0);
    assertEquals("ok", fleet.api.ended(only.getString("id"), LIMIT).getString("result"));
    assertEquals(1, fleet.api.all("/api/v1/executions").size());
    JsonObject source = only.getJsonObject("source");
    assertEquals("main", source.getString("branch"));
    assertEquals("345", source.getString("buildNumber"));
    assertEquals(COMMIT, source.getString("commit"));
    assertEquals(22, job(script, with(env, "CTA_HOOK_SECRET", "another"), "good"));
  }

  private void define(String scenario, String script, String running) {
    fleet.define(
        scenario,
        "mono",
        new JsonObject().put("running", running),
        ProcessFleet.tests(ProcessFleet.test("one", script)));
  }

  /** Runs lines as one script, in an empty directory, as a job does. */
  private int job(List<String> lines, Map<String, String> env, String scenario)
      throws IOException, InterruptedException {
    Path work = dir.resolve("job");
    Files.createDirectories(work);
    Files.deleteIfExists(work.resolve("cta-results.xml"));
    File log = dir.resolve("job.log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-e", "-c", String.join("\n", lines))
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().keySet().removeIf(name -> name.matches("(CI|GIT|GITHUB|CTA)_.*|CI"));
    builder.environment().putAll(env);
    builder.environment().put("CTA_SERVER", fleet.url());
    builder.environment().put("CTA_TOKEN", fleet.adminToken());
    builder.environment().put("CTA_JAR_URL", ShippedJars.SERVER.toUri().toString());
    builder.environment().put("CTA_SCENARIO", scenario);
    builder.environment().put("SCENARIO", scenario);
    builder.environment().put("CTA_POLL", "0.2");
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(90, TimeUnit.SECONDS), Files.readString(log.toPath()));
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String results() throws IOException {
    return Files.readString(dir.resolve("job/cta-results.xml"));
  }

  /** The last part of the link that the newest execution has. */
  private String lastLink() {
    String link =
        fleet.api.all("/api/v1/executions").stream()
            .map(execution -> execution.getJsonObject("source").getString("buildLink"))
            .findFirst()
            .orElseThrow();
    return link.substring(link.lastIndexOf('/') + 1);
  }

  private static Map<String, String> with(Map<String, String> env, String name, String value) {
    Map<String, String> all = new HashMap<>(env);
    all.put(name, value);
    return all;
  }

  private static JsonNode yaml(String file) throws IOException {
    return new YAMLMapper(new YAMLFactory())
        .readTree(ShippedJars.source("conf/ci/" + file).toFile());
  }

  private static List<String> strings(JsonNode node) {
    List<String> all = new ArrayList<>();
    if (node.isTextual()) {
      all.add(node.asText());
    }
    node.forEach(one -> all.add(one.asText()));
    return all;
  }
}
