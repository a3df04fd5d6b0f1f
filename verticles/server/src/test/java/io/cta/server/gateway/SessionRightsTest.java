package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.EnvelopeOutline;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.TaskEvent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent publishes for its own machine only and reads only queues meant for it. */
@Timeout(60)
class SessionRightsTest extends GatewayFixture {
  private WebSocketLink link;

  @BeforeEach
  void setUp() {
    serve(GatewayLimits.STANDARD);
    link = link("m1", "s1", new RecordingLinkListener());
    await(link.connect());
  }

  @Test
  void a_machine_may_register_itself_and_no_other() {
    ManualConsumer registration = reading(QueueNames.REGISTRATION, 10);
    Future<Void> own = loop.start(() -> link.publish(QueueNames.REGISTRATION, heartbeat("m1")));
    registration.next().ack();
    await(own);
    forbidden(link.publish(QueueNames.REGISTRATION, heartbeat("m2")));
    registration.nothingMore();
    assertEquals(1, server.gateway.counts().forbidden());
  }

  @Test
  void garbage_to_the_registration_is_invalid() {
    assertEquals(
        ErrorCode.INVALID, code(link.publish(QueueNames.REGISTRATION, Buffer.buffer("garbage"))));
  }

  @Test
  void a_state_of_another_machine_is_forbidden() {
    forbidden(link.publish(QueueNames.STATES, acked("m2")));
    forbidden(link.publish(QueueNames.STATES, acked("m11")));
    ManualConsumer states = reading(QueueNames.STATES, 10);
    Future<Void> own = link.publish(QueueNames.STATES, acked("m1"));
    states.next().ack();
    await(own);
  }

  @Test
  void queues_of_the_server_and_of_machines_are_not_for_agents_to_write() {
    for (String queue :
        new String[] {
          "cta.dead-letter", QueueNames.machine("m1"), QueueNames.group("e1"), "other"
        }) {
      forbidden(link.publish(queue, Buffer.buffer("{}")));
    }
  }

  @Test
  void another_machines_queue_is_not_to_be_read() {
    for (String queue :
        new String[] {QueueNames.machine("m2"), QueueNames.STATES, "cta.dead-letter"}) {
      forbidden(link.subscribe(queue, 1, m -> Future.succeededFuture()));
    }
  }

  @Test
  void a_group_queue_is_read_only_by_those_admitted() {
    String open = QueueNames.group("e1");
    loop.call(() -> server.broker.declare(open, QueueSpec.commands()));
    loop.call(() -> server.broker.publish(open, Buffer.buffer("task")));
    ManualConsumer manualConsumer = new ManualConsumer();
    await(link.subscribe(open, 1, manualConsumer));
    manualConsumer.ack("task");
    forbidden(link.subscribe(QueueNames.group("private-e2"), 1, manualConsumer));
  }

  @Test
  void a_group_queue_that_is_not_there_is_not_found() {
    assertEquals(
        ErrorCode.NOT_FOUND,
        code(link.subscribe(QueueNames.group("e9"), 1, m -> Future.succeededFuture())));
  }

  @Test
  void another_machines_name_is_forbidden_wherever_and_however_it_stands() {
    String own = "\"machineId\":\"m1\"";
    String other = "\"machineId\":\"m2\"";
    String padding = "\"x\":\"" + "y".repeat(5_000) + "\",";
    forbidden(link.publish(QueueNames.STATES, envelope("agent/m1", padding + other)));
    forbidden(link.publish(QueueNames.STATES, envelope("agent/m1", "\"m\\u0061chineId\":\"m2\"")));
    forbidden(
        link.publish(QueueNames.STATES, envelope("agent/m1", "\"note\":{" + own + "}," + other)));
    forbidden(link.publish(QueueNames.STATES, envelope("agent/m1", "\"note\":1")));
  }

  @Test
  void an_envelope_from_another_agent_or_from_nobody_is_forbidden() {
    for (String source : new String[] {"agent/m2", "agent/", "server", "gateway", ""}) {
      forbidden(link.publish(QueueNames.STATES, envelope(source, "\"machineId\":\"m1\"")));
      forbidden(link.publish(QueueNames.LOGS, envelope(source, "\"executionId\":\"e1\"")));
    }
  }

  @Test
  void what_names_two_machines_never_passes_for_one_of_them() {
    Buffer two = envelope("agent/m1", "\"machineId\":\"m1\",\"machineId\":\"m2\"");
    assertEquals(ErrorCode.INVALID, code(link.publish(QueueNames.REGISTRATION, two)));
    ManualConsumer states = reading(QueueNames.STATES, 10);
    Future<Void> passed = link.publish(QueueNames.STATES, two);
    Buffer message = states.next().message();
    // it passes to the consumer of the queue, which refuses it
    assertEquals(two, message);
    assertEquals(
        ErrorCode.INVALID,
        org.junit.jupiter.api.Assertions.assertThrows(
                ServiceFailure.class, () -> EnvelopeOutline.read(message))
            .code());
    passed.otherwiseEmpty();
  }

  private static Buffer envelope(String source, String payload) {
    return Buffer.buffer(
        "{\"id\":\"1\",\"type\":\"task.acked\",\"source\":\""
            + source
            + "\",\"payload\":{"
            + payload
            + "}}");
  }

  private static Buffer acked(String machineId) {
    return MessageEnvelope.of(
            MessageTypes.TASK_ACKED,
            "agent/m1",
            new TaskEvent("e1", "e1-0", 1, "token", machineId, null))
        .encode();
  }

  private static void forbidden(Future<?> refused) {
    assertEquals(ErrorCode.FORBIDDEN, code(refused));
  }

  private static ErrorCode code(Future<?> refused) {
    Throwable why = failure(refused);
    assertTrue(why instanceof ServiceFailure, String.valueOf(why));
    return ((ServiceFailure) why).code();
  }
}
