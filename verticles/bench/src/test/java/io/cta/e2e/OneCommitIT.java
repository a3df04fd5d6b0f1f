package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody pushes while an execution runs: each of its tasks and attempts, and its rerun, test the
 * commit of the first. {@code CTA_TEST_PUSHES} has it done more often.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OneCommitIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int TESTS = 4;
  private static final int MAX_DELAY_MILLIS = 600;
  private static final int PUSHES =
      Integer.parseInt(System.getenv().getOrDefault("CTA_TEST_PUSHES", "8"));

  @TempDir Path dir;
  private final Random random = new Random(20261128);
  private Path repository;
  private Path seen;
  private ProcessFleet fleet;

  @BeforeEach
  void start() throws Exception {
    repository = Files.createDirectories(dir.resolve("repository"));
    seen = Files.createDirectories(dir.resolve("seen"));
    git("init", "-q", "-b", "main");
    push("first");
    fleet = new ProcessFleet(dir).startServers().startAgent("a").startAgent("b").online(2);
    fleet.api.apply(
        named("TestSuite").put("inputs", new JsonArray().add(input())).put("tests", tests()),
        named("Configuration").put("mode", "parallel"),
        named("Scenario").put("suite", "pushed").put("configuration", "pushed").put("retries", 1));
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void everyTaskAttemptAndRerunTestsTheCommitOfTheFirst() throws Exception {
    for (int i = 0; i < PUSHES; i++) {
      Executor later =
          CompletableFuture.delayedExecutor(
              random.nextInt(MAX_DELAY_MILLIS), TimeUnit.MILLISECONDS);
      String name = "push " + i;
      String id = fleet.api.start("pushed");
      CompletableFuture<Void> pushed = CompletableFuture.runAsync(() -> push(name), later);
      String commit = commitOf(id);
      pushed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (i % 4 == 0) {
        JsonObject rerun =
            BlockingApiClient.expect(
                202, fleet.api.send("POST", "/api/v1/executions/" + id + "/rerun", "{}"));
        assertEquals(commit, commitOf(rerun.getString("id")), "of the rerun");
      }
    }
  }

  @Test
  void aRunOfABranchTagOrCommitTestsThatAndSaysSo() throws Exception {
    String first = head();
    git("tag", "v1");
    git("branch", "other");
    push("second");
    for (String ref : List.of("v1", "other", first)) {
      String order = new JsonObject().put("scenario", "pushed").put("ref", ref).encode();
      String id =
          BlockingApiClient.expect(202, fleet.api.send("POST", "/api/v1/executions", order))
              .getString("id");
      if (ref.equals(first)) {
        fleet.api.ended(id, LIMIT);
        assertEquals(Set.of(first), commits(id));
      } else {
        assertEquals(first, commitOf(id), ref);
      }
    }
    JsonObject page = fleet.api.get("/api/v1/executions?branch=other&commit=" + first);
    assertEquals(1, page.getJsonArray("items").size());
    JsonObject source = page.getJsonArray("items").getJsonObject(0).getJsonObject("source");
    assertEquals("first", source.getString("subject"));
    assertEquals("t", source.getString("author"));
  }

  /** The one commit that all attempts of an execution tested, and that it names. */
  private String commitOf(String id) throws IOException {
    JsonObject end = fleet.api.ended(id, LIMIT);
    assertEquals("ok", end.getString("result"), end::encode);
    Set<String> commits = commits(id);
    String named = end.getJsonObject("source").getString("commit");
    assertEquals(Set.of(named), commits, end::encode);
    return named;
  }

  private Set<String> commits(String id) throws IOException {
    Set<String> commits = new TreeSet<>();
    int attempts = 0;
    try (Stream<Path> files = Files.list(seen)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith(id)).toList()) {
        commits.add(Files.readString(file).strip());
        attempts++;
      }
    }
    assertTrue(attempts > TESTS, "a test was tried twice, and " + attempts + " attempts were seen");
    return commits;
  }

  private static JsonObject named(String kind) {
    return new JsonObject().put("kind", kind).put("name", "pushed");
  }

  private JsonObject input() {
    return new JsonObject().put("type", "git").put("url", repository.toString()).put("ref", "main");
  }

  private JsonArray tests() {
    String note =
        "git rev-parse HEAD > \"" + seen + "/$CTA_EXECUTION_ID.$CTA_TEST_ID.$CTA_ATTEMPT\"";
    JsonArray tests = new JsonArray();
    for (int i = 0; i < TESTS; i++) {
      tests.add(ProcessFleet.test("t" + i, i == 1 ? note + "\ntest $CTA_ATTEMPT -gt 1" : note));
    }
    return tests;
  }

  private void push(String subject) {
    try {
      Files.writeString(repository.resolve("file"), subject);
      git("add", "file");
      git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", subject);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String head() throws Exception {
    return git("rev-parse", "HEAD").strip();
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(Arrays.asList(arguments));
    Process git =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(git.getInputStream().readAllBytes());
    assertEquals(0, git.waitFor(), output);
    return output;
  }
}
