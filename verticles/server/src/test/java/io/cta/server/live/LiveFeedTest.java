package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.LogStored;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.domain.State;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveFeedTest {
  private static final LiveLimits LIMITS =
      LiveLimitsBuilder.builder()
          .viewers(20)
          .topics(5)
          .inboundFrame(4_096)
          .unsentChars(500_000)
          .pending(50)
          .paceMillis(100)
          .helloMillis(10_000)
          .pingMillis(20_000)
          .recheckMillis(60_000)
          .build();
  private LiveServer server;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    server = new LiveServer(vertx).start(LIMITS).toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void overviewsShowTheLatestViewOfEachAtMostTenTimesASecond() throws Exception {
    WatchingClient client = WatchingClient.asViewer(server, "executions");
    long begin = System.nanoTime();
    for (int i = 1; i <= 5_000; i++) {
      announce(
          BusAddresses.EXECUTION_CHANGED, SampleRecords.execution("E" + i % 3, State.RUNNING, i));
    }
    announce(BusAddresses.EXECUTION_CHANGED, SampleRecords.execution("E0", State.FINISHED, 9_999));
    int messages = 0;
    JsonObject last;
    do {
      last = client.delta();
      messages++;
    } while (!last.encode().contains("finished"));
    long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertTrue(messages <= 2 + ms / 100, messages + " messages in " + ms + " ms");
  }

  @Test
  void anOverflowBecomesAResyncOfThatTopic() throws Exception {
    WatchingClient client = WatchingClient.asViewer(server, "executions");
    for (int i = 0; i < 500; i++) {
      announce(BusAddresses.EXECUTION_CHANGED, SampleRecords.execution("E" + i, State.RUNNING, 1));
    }
    JsonObject resync = client.next(m -> "resync".equals(m.getString("type")));
    assertEquals("executions", resync.getString("topic"));
  }

  @Test
  void anExecutionsViewerSeesOnlyItsTasksAndStatuses() throws Exception {
    WatchingClient client = WatchingClient.asViewer(server, "execution.E1");
    announce(
        BusAddresses.TASK_CHANGED,
        new TaskChanged(SampleRecords.task("E2-0", "m", State.ACKED), 1));
    announce(
        BusAddresses.TASK_CHANGED,
        new TaskChanged(SampleRecords.task("E1-0", "m", State.ACKED), 1));
    announce(
        BusAddresses.STATUSES_STORED,
        new StatusesStored(
            "E1", "E1-0", List.of(SampleRecords.status("E1-0", 1, "x".repeat(5_000)))));
    announce(BusAddresses.EXECUTION_CHANGED, SampleRecords.execution("E1", State.ACKED, 2));
    JsonObject data = new JsonObject();
    while (!data.fieldNames().containsAll(List.of("tasks", "statuses", "executions"))) {
      data.mergeIn(client.delta().getJsonObject("data"));
    }
    assertEquals("E1-0", data.getJsonArray("tasks").getJsonObject(0).getString("id"));
    assertEquals(1, data.getJsonArray("tasks").size());
    assertEquals("acked", data.getJsonArray("executions").getJsonObject(0).getString("state"));
    String message = data.getJsonArray("statuses").getJsonObject(0).getString("message");
    assertEquals(400, message.length(), "long messages are cut");
    assertFalse(data.encode().contains("secret"), "the fencing token stays at home");
  }

  @Test
  void aNewViewerOfTheFleetIsSentWhatMachinesAreDoing() throws Exception {
    WatchingClient first = WatchingClient.asViewer(server, "fleet");
    announce(BusAddresses.MACHINE_CHANGED, SampleRecords.machine("m", 0.5));
    announce(
        BusAddresses.TASK_CHANGED,
        new TaskChanged(SampleRecords.task("E1-0", "m", State.RUNNING), 1));
    first.next(m -> m.encode().contains("E1-0"));
    WatchingClient second = WatchingClient.asViewer(server, "executions");
    second.say(new JsonObject("{\"subscribe\":[\"fleet\"]}"));
    JsonObject activity =
        second.delta().getJsonObject("data").getJsonArray("activity").getJsonObject(0);
    assertEquals(0.5, activity.getDouble("load"));
    assertEquals("E1-0", activity.getJsonArray("tasks").getJsonObject(0).getString("id"));
  }

  @Test
  void aDeletedMachineIsGoneForPresentAndNewViewers() throws Exception {
    WatchingClient first = WatchingClient.asViewer(server, "fleet");
    announce(BusAddresses.MACHINE_CHANGED, SampleRecords.machine("kept", 0.5));
    announce(BusAddresses.MACHINE_CHANGED, SampleRecords.machine("m", 0.5));
    first.next(m -> m.encode().contains("box-m"));
    announce(BusAddresses.MACHINE_CHANGED, SampleRecords.deleted("m"));
    JsonObject data = first.next(m -> m.encode().contains("gone")).getJsonObject("data");
    announce(BusAddresses.MACHINE_CHANGED, SampleRecords.machine("m", 0.9));
    assertEquals("[{\"id\":\"m\"}]", data.getJsonArray("gone").encode());
    WatchingClient second = WatchingClient.asViewer(server, "executions");
    second.say(new JsonObject("{\"subscribe\":[\"fleet\"]}"));
    JsonArray activity = second.delta().getJsonObject("data").getJsonArray("activity");
    assertEquals(1, activity.size(), activity.encode());
    assertEquals("kept", activity.getJsonObject(0).getString("machineId"));
  }

  @Test
  void aTopicOfAnUnknownIdIsReportedAndOthersGoOn() throws Exception {
    JsonObject there = new JsonObject().put("id", "E1");
    server
        .store
        .apply(
            List.of(
                new DocumentWrite.Insert(StoreCollections.EXECUTIONS, "E1", there),
                new DocumentWrite.Insert(
                    StoreCollections.TASKS, "E1-0", new JsonObject().put("id", "E1-0"))))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    WatchingClient client =
        WatchingClient.asViewer(
            server, "execution.E1", "log.E1-0", "execution.E9", "log.E9-0", "fleet");
    JsonObject execution = client.next(m -> "absent".equals(m.getString("type")));
    assertEquals("execution.E9", execution.getString("topic"));
    assertEquals("there is no such execution", execution.getString("detail"));
    JsonObject log = client.next(m -> "absent".equals(m.getString("type")));
    assertEquals("log.E9-0", log.getString("topic"));
    assertEquals(404, log.getInteger("status"));
    announce(BusAddresses.EXECUTION_CHANGED, SampleRecords.execution("E1", State.RUNNING, 1));
    assertEquals("execution.E1", client.delta().getString("topic"));
  }

  @Test
  void aLogStreamsAsTextToThoseWhoWatchIt() throws Exception {
    WatchingClient client = WatchingClient.asViewer(server, "log.E1-0");
    byte[] bytes = "hello ü\n".getBytes(StandardCharsets.UTF_8);
    announce(BusAddresses.LOG_STORED, new LogStored(SampleRecords.chunk("E9-0", 0, 0, bytes)));
    announce(BusAddresses.LOG_STORED, new LogStored(SampleRecords.chunk("E1-0", 7, 100, bytes)));
    announce(BusAddresses.LOG_STORED, new LogStored(SampleRecords.gap("E1-0", 8, 109, 5_000)));
    JsonObject data = client.next(m -> "log".equals(m.getString("type"))).getJsonObject("data");
    assertEquals("hello ü\n", data.getString("text"));
    assertEquals(100, data.getInteger("offset"));
    assertEquals(9, data.getInteger("size"));
    JsonObject gap = client.next(m -> "log".equals(m.getString("type"))).getJsonObject("data");
    assertTrue(gap.getBoolean("gap"));
  }

  @Test
  void aViewerThatReadsTooSlowlyLosesDeltasAndIsResynchronised() throws Exception {
    WatchingClient slow = WatchingClient.asViewer(server, "log.E1-0");
    WatchingClient quick = WatchingClient.asViewer(server, "log.E1-0");
    slow.socket.pause();
    byte[] bytes = "0123456789abcdef".repeat(4_096).getBytes(StandardCharsets.UTF_8);
    int chunks = 400;
    for (int i = 0; i < chunks; i++) {
      long offset = (long) i * bytes.length;
      announce(
          BusAddresses.LOG_STORED, new LogStored(SampleRecords.chunk("E1-0", i, offset, bytes)));
      // the fast viewer sets the pace, so that only the slow one falls behind
      quick.next(m -> "log".equals(m.getString("type")));
    }
    slow.socket.resume();
    long seen = 0;
    JsonObject message;
    while (!"resync".equals((message = slow.next(m -> true)).getString("type"))) {
      seen++;
    }
    assertTrue(seen < chunks, "saw all " + seen);
    assertFalse(message.containsKey("topic"), "everything it watches must be read again");
    announce(BusAddresses.LOG_STORED, new LogStored(SampleRecords.chunk("E1-0", chunks, 0, bytes)));
    slow.next(m -> "log".equals(m.getString("type")));
  }

  @Test
  void announcementsLostFromAnotherNodeCauseAResync() throws Exception {
    WatchingClient client = WatchingClient.asViewer(server, "executions");
    announce(BusAddresses.NEWS_MISSED, "another-node");
    JsonObject resync = client.next(m -> "resync".equals(m.getString("type")));
    assertEquals("executions", resync.getString("topic"));
    announce(BusAddresses.EXECUTION_CHANGED, SampleRecords.execution("E1", State.RUNNING, 1));
    assertEquals("executions", client.delta().getString("topic"));
  }

  @Test
  void unsubscribingStopsTheTopic() throws Exception {
    WatchingClient client = WatchingClient.asViewer(server, "executions", "fleet");
    client.say(new JsonObject("{\"unsubscribe\":[\"executions\"]}"));
    JsonObject answer = client.next(m -> "subscribed".equals(m.getString("type")));
    assertEquals("[\"fleet\"]", answer.getJsonArray("topics").encode());
    announce(BusAddresses.EXECUTION_CHANGED, SampleRecords.execution("E1", State.RUNNING, 1));
    announce(BusAddresses.MACHINE_CHANGED, SampleRecords.machine("m", 0.5));
    assertEquals("fleet", client.delta().getString("topic"));
  }

  private void announce(String address, Object body) {
    BusAdapter.announce(server.vertx, address, body);
  }
}
