package io.cta.server.api.deliveries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.AccessRole;
import io.cta.domain.ChannelBuilder;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deliveries are listed, shown and repeated. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DeliveryResourceTest {
  private static final String PATH = "/api/v1/deliveries";

  private final ApiServer server = new ApiServer();
  private final TestApiClient viewer = server.as(AccessRole.VIEWER);
  private final TestApiClient runner = server.as(AccessRole.RUNNER);

  @BeforeEach
  void start() {
    for (String name : List.of("a", "b")) {
      ApiServer.wait(
          server.stores.channels.insert(
              "id-" + name,
              ChannelBuilder.builder()
                  .id("id-" + name)
                  .name(name)
                  .url("https://example.org")
                  .build()));
    }
    insert("E1-0-id-a", "E1", "id-a", DeliveryState.DELIVERED);
    insert("E1-0-id-b", "E1", "id-b", DeliveryState.FAILED);
    insert("E2-0-id-a", "E2", "id-a", DeliveryState.WAITING);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsHaveFiltersAndNoBodies() {
    assertEquals(List.of("E2-0-id-a", "E1-0-id-b", "E1-0-id-a"), ids(""));
    assertEquals(List.of("E1-0-id-b", "E1-0-id-a"), ids("?execution=E1"));
    assertEquals(List.of("E2-0-id-a", "E1-0-id-a"), ids("?channel=a"));
    assertEquals(List.of("E1-0-id-b"), ids("?state=failed&channel=id-b"));
    assertEquals(List.of(), ids("?execution=E3"));
    assertFalse(viewer.get(PATH).is(200).response().body().contains("\"body\""));
  }

  @Test
  void oneIsShownWithWhatItCarriesAndItsAttempts() {
    JsonObject delivery = viewer.get(PATH + "/E1-0-id-b").is(200).json();
    assertEquals("{\"n\":1}", delivery.getString("body"));
    JsonObject attempt = delivery.getJsonArray("attempts").getJsonObject(0);
    assertEquals(503, attempt.getInteger("status"));
    assertEquals("busy", attempt.getString("text"));
    viewer.get(PATH + "/none").is(404);
  }

  @Test
  void aRedeliveryIsANewRowUnderTheSameWebhookId() {
    List<String> due = new CopyOnWriteArrayList<>();
    BusAdapter.<String>hear(server.vertx, BusAddresses.DELIVERY_DUE, due::add);
    TestApiClient.ReceivedResponse answer =
        runner.post(PATH + "/E1-0-id-b/redeliver", null).is(202);
    JsonObject made = answer.json();
    assertNotEquals("E1-0-id-b", made.getString("id"));
    assertEquals("msg_E1-0-id-b", made.getString("messageId"));
    assertEquals("waiting", made.getString("state"));
    assertEquals("E1-0-id-b", made.getString("redeliveryOf"));
    assertEquals(0, made.getJsonArray("attempts").size());
    assertEquals("{\"n\":1}", made.getString("body"));
    viewer.get(answer.header("Location")).is(200);
    assertEquals(3, ids("?execution=E1").size());
    assertEquals(List.of(made.getString("id")), due);
    viewer.post(PATH + "/E1-0-id-b/redeliver", null).is(403);
  }

  @Test
  void toAChannelThatIsOffOrGoneNothingIsRedelivered() {
    ApiServer.wait(
        server.stores.channels.update(
            "id-b", channel -> ChannelBuilder.builder(channel).enabled(false).build()));
    runner.post(PATH + "/E1-0-id-b/redeliver", null).is(409);
    server.admin().delete("/api/v1/channels/b").is(204);
    runner.post(PATH + "/E1-0-id-b/redeliver", null).is(409);
  }

  private List<String> ids(String query) {
    JsonArray items = viewer.get(PATH + query).is(200).json().getJsonArray("items");
    return items.stream().map(item -> ((JsonObject) item).getString("id")).toList();
  }

  private void insert(String id, String executionId, String channelId, DeliveryState state) {
    ApiServer.wait(
        server.stores.deliveries.insert(
            id,
            DeliveryBuilder.builder()
                .id(id)
                .messageId("msg_" + id)
                .executionId(executionId)
                .channelId(channelId)
                .channelName(channelId)
                .state(state)
                .body("{\"n\":1}")
                .attempts(List.of(new DeliveryAttempt(server.clock.instant(), 503, "busy", 12)))
                .build()));
  }
}
