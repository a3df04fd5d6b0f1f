package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.ChannelBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.server.api.ApiServer;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code cta deliveries}: lists what was sent, and has it sent once more. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DeliveriesCommandTest {
  private final ApiServer server = new ApiServer();

  @BeforeEach
  void deliveries() {
    ApiServer.wait(
        server.stores.channels.insert(
            "C", ChannelBuilder.builder().id("C").name("team").url("https://8.8.8.8").build()));
    store("01A-0-C", 0, DeliveryState.DELIVERED, "thanks");
    store("01B-0-C", 0, DeliveryState.FAILED, "no such room");
    store("01B-report-3", Delivery.REPORT, DeliveryState.FAILED, "no access");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void allAreListedWithWhatWasSaidLast() {
    CommandRun list = run();
    assertEquals(0, list.code(), list.err());
    List<String> lines = list.out().lines().toList();
    assertEquals(4, lines.size());
    assertTrue(lines.get(1).matches("01B-report-3 +failed +report +team +1 .* 404 no access"));
    assertTrue(lines.get(3).matches("01A-0-C +delivered +0 +team +1 .* 404 thanks"), list.out());
  }

  @Test
  void onlyThoseThatFailedAreListedWhereWanted() {
    String failed = run("--failed").out();
    assertFalse(failed.contains("01A-0-C"), failed);
    assertEquals(3, failed.lines().count());
    assertEquals(2, run("--execution", "01A").out().lines().count());
    assertEquals(2, new JsonArray(run("--failed", "--json").out()).size());
    assertEquals(2, run("--limit", "1").out().lines().count());
  }

  @Test
  void oneIsSentOnceMoreAndAStatusIsNot() {
    CommandRun again = run("redeliver", "01B-0-C");
    assertEquals(0, again.code(), again.err());
    Delivery made = ApiServer.wait(server.stores.deliveries.get(again.out().strip())).value();
    assertEquals("01B-0-C", made.redeliveryOf());
    CommandRun status = run("redeliver", "01B-report-3");
    assertEquals(64, status.code(), status.out());
    assertTrue(status.err().contains("cannot be repeated"), status.err());
    assertEquals(66, run("redeliver", "none").code());
  }

  private void store(String id, int handler, DeliveryState state, String said) {
    ApiServer.wait(
        server.stores.deliveries.insert(
            id,
            DeliveryBuilder.builder()
                .id(id)
                .messageId("msg_" + id)
                .executionId(id.substring(0, 3))
                .handler(handler)
                .channelId("C")
                .channelName("team")
                .state(state)
                .body("{}")
                .attempts(List.of(new DeliveryAttempt(server.clock.instant(), 404, said, 1)))
                .createdAt(server.clock.instant())
                .build()));
  }

  private CommandRun run(String... words) {
    List<String> args = new ArrayList<>(List.of("deliveries"));
    args.addAll(List.of(words));
    args.addAll(List.of("--server", server.url(), "--token", server.admin().token()));
    return CommandRun.of(args.toArray(new String[0]));
  }
}
