package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.LogStored;
import io.cta.bus.TaskChanged;
import io.cta.domain.LogChunk;
import io.cta.domain.LogChunkBuilder;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
import io.cta.server.api.ApiServer;
import io.cta.server.api.RawRequest;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads the output of a task, as a range and as it is written. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LogTest {
  private static final String LOG = "/api/v1/tasks/t/log";
  private final ApiServer server = new ApiServer();
  private final TestApiClient admin = server.admin();

  @BeforeEach
  void aRunningTask() {
    ApiServer.wait(server.stores.tasks.insert("t", task("t", State.RUNNING, 1)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void rangesAreCutByBytesAcrossChunks() {
    store(0, 0, "hello ");
    store(1, 6, "wörld\n");
    TestApiClient.ReceivedResponse all = admin.get(LOG).is(200);
    assertEquals("hello wörld\n", all.response().body());
    assertEquals("13", all.header("X-CTA-Log-Size"));
    assertEquals("13", all.header("X-CTA-Log-Next"));
    assertEquals("false", all.header("X-CTA-Log-Complete"));
    TestApiClient.ReceivedResponse some = admin.get(LOG + "?offset=4&limit=3").is(200);
    assertEquals("o w", some.response().body());
    assertEquals("7", some.header("X-CTA-Log-Next"));
    assertEquals("", admin.get(LOG + "?offset=99").is(200).response().body());
    admin.get(LOG + "?attempt=2").is(404);
  }

  @Test
  void manyChunksAreReadToTheEnd() {
    for (int i = 0; i < 40; i++) {
      store(i, i * 5L, "%04d\n".formatted(i));
    }
    String text = admin.get(LOG).is(200).response().body();
    assertEquals(200, text.length());
    assertTrue(text.endsWith("0039\n"));
  }

  @Test
  void aGapIsReported() {
    store(0, 0, "begin\n");
    ApiServer.wait(server.stores.logs.insert("gap", chunk(1, 6, 1000, null)));
    store(2, 1006, "end\n");
    TestApiClient.ReceivedResponse receivedResponse = admin.get(LOG).is(200);
    assertTrue(receivedResponse.response().body().contains("[1000 bytes of output were left out]"));
    assertTrue(receivedResponse.response().body().endsWith("end\n"));
    assertEquals("1010", receivedResponse.header("X-CTA-Log-Next"));
  }

  @Test
  void headOfAFollowedLogIsAnsweredAtOnce() {
    store(0, 0, "one\n");
    RawRequest head = RawRequest.send("HEAD", server.url(), LOG + "?follow=true", admin.token());
    assertEquals(new RawRequest(200, ""), head);
  }

  @Test
  void aDamagedChunkIsLeftOut() {
    store(0, 0, "one\n");
    LogChunk sound = chunk(1, 4, 4, "two\n");
    LogChunk damaged =
        LogChunkBuilder.builder(sound).seq(1).offset(4).size(4).gap(false).data("%%%").build();
    ApiServer.wait(server.stores.logs.insert("damaged", damaged));
    store(2, 8, "three\n");
    TestApiClient.ReceivedResponse receivedResponse = admin.get(LOG).is(200);
    assertEquals("one\nthree\n", receivedResponse.response().body());
    assertEquals("14", receivedResponse.header("X-CTA-Log-Next"));
  }

  @Test
  void theLogIsCompleteOnceTheAttemptIsOver() {
    store(0, 0, "xyz");
    end();
    assertEquals("true", admin.get(LOG).is(200).header("X-CTA-Log-Complete"));
    assertEquals("false", admin.get(LOG + "?limit=2").header("X-CTA-Log-Complete"));
  }

  @Test
  void aFollowerGetsEverythingUntilTheAttemptEnds() throws IOException {
    store(0, 0, "one\n");
    try (BufferedReader reader = follow()) {
      assertEquals("one", reader.readLine());
      announce(store(1, 4, "two\n"));
      assertEquals("two", reader.readLine());
      // no announcement: the timer finds it
      store(2, 8, "three\n");
      assertEquals("three", reader.readLine());
      store(3, 14, "last\n");
      end();
      assertEquals("last", reader.readLine());
      assertEquals(null, reader.readLine());
    }
  }

  @Test
  void aFollowerThatComesBeforeTheStartGetsEverything() throws Exception {
    change(task("t", State.PENDING, 0));
    ApiServer.wait(server.stores.tasks.insert("over", task("over", State.FINISHED, 1)));
    assertEquals("", admin.get(LOG).is(200).response().body());
    ExecutorService people = Executors.newFixedThreadPool(2);
    try {
      Future<String> one = people.submit(this::followed);
      Future<String> other = people.submit(this::followed);
      String full = "/api/v1/tasks/over/log?follow=true";
      ConditionPoller.holds("the answer", () -> admin.get(full).response().statusCode() == 429);
      change(task("t", State.RUNNING, 1));
      announce(store(0, 0, "one\n"));
      announce(store(1, 4, "last words"));
      end();
      assertEquals("[one, last words]", one.get());
      assertEquals("[one, last words]", other.get());
    } finally {
      people.shutdownNow();
    }
  }

  /** Follows the log and returns all lines; retries while the limit of followers is reached. */
  private String followed() throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < until) {
      try (BufferedReader reader = follow()) {
        List<String> lines = reader.lines().toList();
        if (!lines.toString().contains("too many logs are followed")) {
          return lines.toString();
        }
      }
    }
    throw new AssertionError("no place within 20 s");
  }

  @Test
  void theNumberOfFollowersIsLimitedAndFreedAgain() throws IOException {
    store(0, 0, "one\n");
    BufferedReader first = follow();
    first.readLine();
    try (BufferedReader second = follow()) {
      second.readLine();
      admin.get(LOG + "?follow=true").is(429);
      end();
      assertEquals(null, second.readLine());
    }
    first.close();
    ConditionPoller.holds(
        "the answer", () -> admin.get(LOG + "?follow=true").response().statusCode() == 200);
  }

  private BufferedReader follow() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + LOG + "?follow=true"))
            .header("Authorization", "Bearer " + admin.token())
            .build();
    try {
      InputStream body =
          HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.ofInputStream())
              .body();
      return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private LogChunk store(int seq, long offset, String text) {
    LogChunk chunk = chunk(seq, offset, text.getBytes(StandardCharsets.UTF_8).length, text);
    ApiServer.wait(server.stores.logs.insert(chunk.id(), chunk));
    return chunk;
  }

  private void announce(LogChunk chunk) {
    BusAdapter.announce(server.vertx, BusAddresses.LOG_STORED, new LogStored(chunk));
  }

  private void end() {
    change(task("t", State.FINISHED, 1));
  }

  private void change(Task task) {
    var found = ApiServer.wait(server.stores.tasks.update("t", t -> task));
    assertEquals(task.state(), found.value().state());
    BusAdapter.announce(
        server.vertx, BusAddresses.TASK_CHANGED, new TaskChanged(found.value(), found.version()));
  }

  private static Task task(String id, State state, int attempt) {
    return JsonMapping.fromObject(
        new JsonObject()
            .put("id", id)
            .put("executionId", "e")
            .put("mode", "mono")
            .put("testIds", new JsonArray().add("one"))
            .put("state", state.wire())
            .put("attempt", attempt),
        Task.class);
  }

  private static LogChunk chunk(int seq, long offset, int size, String text) {
    return LogChunkBuilder.builder()
        .id(LogChunk.id("t", 1, seq))
        .executionId("e")
        .taskId("t")
        .attempt(1)
        .testId("one")
        .seq(seq)
        .offset(offset)
        .size(size)
        .gap(text == null)
        .data(text == null ? null : packed(text))
        .build();
  }

  private static String packed(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
