package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.LivenessSettings;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.BusCodecs;
import io.cta.bus.MachineChanged;
import io.cta.domain.Machine;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.message.QueueNames;
import io.cta.server.dispatch.scheduling.SchedulingFixtures;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures that a link survives, and what it reports meanwhile. */
@Timeout(60)
class LinkFailuresTest extends GatewayFixture {
  private final RecordingLinkListener heard = new RecordingLinkListener();

  @Test
  void a_link_begun_before_its_server_is_there_comes_up_with_it() {
    serve(GatewayLimits.STANDARD).close();
    WebSocketLink link = link("m1", "s1", heard);
    ManualConsumer commands = new ManualConsumer();
    Future<Void> connected = link.connect();
    Future<QueueSubscription> subscribed = link.subscribe(QueueNames.machine("m1"), 10, commands);
    heard.next("down");
    server.open();
    await(connected);
    await(subscribed);
    heard.next("up");
    loop.call(() -> server.broker.publish(QueueNames.machine("m1"), Buffer.buffer("run")));
    commands.ack("run");
  }

  @Test
  void a_server_that_closes_and_reopens_loses_nothing_in_either_direction() {
    serve(GatewayLimits.STANDARD);
    WebSocketLink link = link("m1", "s1", heard);
    ManualConsumer commands = new ManualConsumer();
    await(link.connect());
    await(link.subscribe(QueueNames.machine("m1"), 10, commands));
    Future<Void> unconfirmed = link.publish(QueueNames.STATES, Buffer.buffer("before"));
    ManualConsumer states = reading(QueueNames.STATES, 1);
    ManualConsumer.Delivery before = states.next();
    server.close();
    heard.next("down");
    Future<Void> meanwhile = link.publish(QueueNames.STATES, Buffer.buffer("meanwhile"));
    loop.call(() -> server.broker.publish(QueueNames.machine("m1"), Buffer.buffer("run")));
    server.open();
    heard.next("up");
    before.ack();
    // its confirmation was lost with the connection, so it is sent again, before all others
    states.ack("before");
    states.ack("meanwhile");
    await(Future.all(unconfirmed, meanwhile));
    commands.ack("run");
    commands.nothingMore();
  }

  @Test
  void a_link_goes_on_at_its_next_server_when_one_goes_away() {
    serve(GatewayLimits.STANDARD);
    GatewayServer first = server;
    GatewayServer second = new GatewayServer(vertx, GatewayLimits.STANDARD, first.broker);
    List<URI> both =
        List.of(
            URI.create("http://127.0.0.1:" + first.port()),
            URI.create("http://127.0.0.1:" + second.port()));
    LinkOptions options =
        LinkOptions.of(both, "agent-m1", "s1").with(LivenessSettings.LINK, GatewayServer.SOON);
    WebSocketLink link = new WebSocketLink(vertx, MonotonicClock.system(), options, heard);
    ManualConsumer commands = new ManualConsumer();
    await(link.connect());
    await(link.subscribe(QueueNames.machine("m1"), 10, commands));
    boolean atFirst = first.gateway.counts().connected.get() == 1;
    (atFirst ? first : second).close();
    heard.next("down");
    Future<Void> meanwhile = link.publish(QueueNames.STATES, Buffer.buffer("meanwhile"));
    heard.next("up");
    reading(QueueNames.STATES, 1).ack("meanwhile");
    await(meanwhile);
    loop.call(() -> first.broker.publish(QueueNames.machine("m1"), Buffer.buffer("run")));
    commands.ack("run");
    assertEquals(1, (atFirst ? second : first).gateway.counts().connected.get());
    await(link.close());
    (atFirst ? second : first).close();
  }

  @Test
  void the_connection_of_a_machine_that_is_deleted_ends() {
    serve(GatewayLimits.STANDARD);
    BusCodecs.register(vertx);
    await(link("id-a", "s1", heard).connect());
    Machine known = SchedulingFixtures.machine("a", true, 1);
    heard.next("up");
    BusAdapter.announce(
        vertx, BusAddresses.MACHINE_CHANGED, new MachineChanged(known, 1, 0, 0, false));
    JsonObject json = new JsonObject(JsonMapping.encode(known));
    json.put("health", "retired").put("healthNote", MachineChanged.DELETED);
    Machine deleted = JsonMapping.decode(json.toBuffer(), Machine.class);
    BusAdapter.announce(
        vertx, BusAddresses.MACHINE_CHANGED, new MachineChanged(deleted, 1, 0, 0, false));
    assertTrue(heard.next("down").contains("the machine was deleted"));
  }

  @Test
  void deliveries_unsettled_when_the_connection_ends_come_again_over_the_next() {
    serve(GatewayLimits.STANDARD);
    WebSocketLink link = link("m1", "s1", heard);
    ManualConsumer commands = new ManualConsumer();
    await(link.connect());
    await(link.subscribe(QueueNames.machine("m1"), 10, commands));
    loop.call(() -> server.broker.publish(QueueNames.machine("m1"), Buffer.buffer("run")));
    ManualConsumer.Delivery lost = commands.next();
    server.close();
    heard.next("down");
    server.open();
    ManualConsumer.Delivery again = commands.next();
    assertEquals("run", again.text());
    lost.ack();
    commands.nothingMore();
    again.ack();
  }

  @Test
  void a_link_notices_that_the_path_to_its_server_is_dead() {
    serve(GatewayLimits.STANDARD);
    StallingProxy proxy = new StallingProxy(vertx, server.port());
    WebSocketLink link =
        new WebSocketLink(
            vertx,
            MonotonicClock.system(),
            GatewayServer.options(proxy.port(), "m1", "s1")
                .with(GatewayServer.QUICK, GatewayServer.SOON),
            heard);
    await(link.connect());
    proxy.stall();
    Future<Void> publish = link.publish(QueueNames.STATES, Buffer.buffer("through"));
    assertTrue(heard.next("down").contains("nothing heard for"));
    heard.next("up");
    assertTrue(proxy.connections() >= 2);
    reading(QueueNames.STATES, 10).ack("through");
    await(publish);
    await(link.close());
    proxy.close();
  }

  @Test
  void the_gateway_notices_that_an_agent_is_dead_and_puts_its_deliveries_back() {
    serve(GatewayLimits.STANDARD.with(GatewayServer.QUICK));
    StallingProxy proxy = new StallingProxy(vertx, server.port());
    WebSocketLink link = link(proxy.port(), "m1", "s1", heard);
    ManualConsumer commands = new ManualConsumer();
    await(link.connect());
    await(link.subscribe(QueueNames.machine("m1"), 10, commands));
    ManualConsumer registration = reading(QueueNames.REGISTRATION, 10);
    loop.call(() -> server.broker.publish(QueueNames.machine("m1"), Buffer.buffer("run")));
    commands.next();
    await(stallAndClose(proxy, link));
    assertTrue(gone(registration).reason().contains("nothing heard for"));
    reading(QueueNames.machine("m1"), 1).ack("run");
    proxy.close();
  }

  @Test
  void a_group_queue_that_is_gone_after_a_reconnect_is_reported_as_lost() {
    serve(GatewayLimits.STANDARD);
    String group = QueueNames.group("e1");
    loop.call(() -> server.broker.declare(group, QueueSpec.commands()));
    WebSocketLink link = link("m1", "s1", heard);
    await(link.connect());
    await(link.subscribe(group, 1, m -> Future.succeededFuture()));
    server.close();
    loop.call(() -> server.broker.delete(group));
    server.open();
    assertTrue(heard.next("lost cta.group.e1").contains("no queue"));
  }

  @Test
  void a_link_that_holds_too_much_refuses_more_at_once_and_keeps_what_it_has() {
    serve(GatewayLimits.STANDARD).close();
    WebSocketLink link =
        new WebSocketLink(
            vertx,
            MonotonicClock.system(),
            GatewayServer.options(server.port(), "m1", "s1").bounded(2, 3, 1000),
            heard);
    List<Future<Void>> kept = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      kept.add(link.publish(QueueNames.STATES, Buffer.buffer("m" + i)));
    }
    ServiceFailure full =
        (ServiceFailure) failure(link.publish(QueueNames.STATES, Buffer.buffer("")));
    assertEquals(ErrorCode.UNAVAILABLE, full.code());
    server.open();
    await(link.connect());
    ManualConsumer states = reading(QueueNames.STATES, 1);
    for (int i = 0; i < 3; i++) {
      states.ack("m" + i);
    }
    await(Future.all(kept));
    await(link.close());
  }

  @Test
  void a_message_too_big_for_a_frame_is_refused_without_being_sent() {
    serve(GatewayLimits.STANDARD);
    WebSocketLink link = link("m1", "s1", heard);
    await(link.connect());
    Buffer big = Buffer.buffer(new byte[2 << 20]);
    ServiceFailure why = (ServiceFailure) failure(link.publish(QueueNames.STATES, big));
    assertEquals(ErrorCode.TOO_LARGE, why.code());
    assertTrue(await(link.health()).up());
  }

  @Test
  void closing_a_link_fails_what_was_not_confirmed() {
    serve(GatewayLimits.STANDARD);
    WebSocketLink link = link("m1", "s1", heard);
    await(link.connect());
    Future<Void> waiting = link.publish(QueueNames.STATES, Buffer.buffer("x"));
    await(link.close());
    assertEquals(ErrorCode.UNAVAILABLE, ((ServiceFailure) failure(waiting)).code());
    assertFalse(await(link.health()).up());
  }

  /** Stalls the path and closes the link, so that nothing of the link reaches the gateway again. */
  private Future<Void> stallAndClose(StallingProxy proxy, WebSocketLink link) {
    proxy.stall();
    return link.close();
  }
}
