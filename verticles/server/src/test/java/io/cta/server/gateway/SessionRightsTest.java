package io.cta.server.gateway;

import static io.cta.broker.OnContext.await;
import static io.cta.broker.OnContext.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.QueueSpec;
import io.cta.broker.Taken;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Envelope;
import io.cta.message.EnvelopeOutline;
import io.cta.message.Queues;
import io.cta.message.TaskEvent;
import io.cta.message.Types;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent speaks for its own machine only, and hears only what is meant for it. */
@Timeout(60)
class SessionRightsTest extends GatewayFixture {
  private WebSocketLink link;

  @BeforeEach
  void begin() {
    serve(Limits.STANDARD);
    link = link("m1", "s1", new HeardLink());
    await(link.connect());
  }

  @Test
  void a_machine_may_register_itself_and_no_other() {
    Taken registration = reading(Queues.REGISTRATION, 10);
    Future<Void> own = loop.start(() -> link.publish(Queues.REGISTRATION, heartbeat("m1")));
    registration.next().ack();
    await(own);
    forbidden(link.publish(Queues.REGISTRATION, heartbeat("m2")));
    registration.nothingMore();
    assertEquals(1, server.gateway.counts().forbidden());
  }

  @Test
  void garbage_to_the_registration_is_invalid() {
    assertEquals(
        ErrorCode.INVALID, code(link.publish(Queues.REGISTRATION, Buffer.buffer("garbage"))));
  }

  @Test
  void a_state_of_another_machine_is_forbidden() {
    forbidden(link.publish(Queues.STATES, acked("m2")));
    forbidden(link.publish(Queues.STATES, acked("m11")));
    Taken states = reading(Queues.STATES, 10);
    Future<Void> own = link.publish(Queues.STATES, acked("m1"));
    states.next().ack();
    await(own);
  }

  @Test
  void queues_of_the_server_and_of_machines_are_not_for_agents_to_write() {
    for (String queue :
        new String[] {"cta.dead-letter", Queues.machine("m1"), Queues.group("e1"), "other"}) {
      forbidden(link.publish(queue, Buffer.buffer("{}")));
    }
  }

  @Test
  void another_machines_queue_is_not_to_be_read() {
    for (String queue : new String[] {Queues.machine("m2"), Queues.STATES, "cta.dead-letter"}) {
      forbidden(link.subscribe(queue, 1, m -> Future.succeededFuture()));
    }
  }

  @Test
  void a_group_queue_is_read_only_by_those_admitted() {
    String open = Queues.group("e1");
    loop.call(() -> server.broker.declare(open, QueueSpec.commands()));
    loop.call(() -> server.broker.publish(open, Buffer.buffer("task")));
    Taken taken = new Taken();
    await(link.subscribe(open, 1, taken));
    taken.ack("task");
    forbidden(link.subscribe(Queues.group("private-e2"), 1, taken));
  }

  @Test
  void a_group_queue_that_is_not_there_is_not_found() {
    assertEquals(
        ErrorCode.NOT_FOUND,
        code(link.subscribe(Queues.group("e9"), 1, m -> Future.succeededFuture())));
  }

  @Test
  void another_machines_name_is_forbidden_wherever_and_however_it_stands() {
    String own = "\"machineId\":\"m1\"";
    String other = "\"machineId\":\"m2\"";
    String padding = "\"x\":\"" + "y".repeat(5_000) + "\",";
    forbidden(link.publish(Queues.STATES, said("agent/m1", padding + other)));
    forbidden(link.publish(Queues.STATES, said("agent/m1", "\"m\\u0061chineId\":\"m2\"")));
    forbidden(link.publish(Queues.STATES, said("agent/m1", "\"note\":{" + own + "}," + other)));
    forbidden(link.publish(Queues.STATES, said("agent/m1", "\"note\":1")));
  }

  @Test
  void an_envelope_from_another_agent_or_from_nobody_is_forbidden() {
    for (String source : new String[] {"agent/m2", "agent/", "server", "gateway", ""}) {
      forbidden(link.publish(Queues.STATES, said(source, "\"machineId\":\"m1\"")));
      forbidden(link.publish(Queues.LOGS, said(source, "\"executionId\":\"e1\"")));
    }
  }

  @Test
  void what_names_two_machines_never_passes_for_one_of_them() {
    Buffer two = said("agent/m1", "\"machineId\":\"m1\",\"machineId\":\"m2\"");
    assertEquals(ErrorCode.INVALID, code(link.publish(Queues.REGISTRATION, two)));
    Taken states = reading(Queues.STATES, 10);
    Future<Void> passed = link.publish(Queues.STATES, two);
    Buffer message = states.next().message();
    // it goes on to whoever takes events in, who refuses it
    assertEquals(two, message);
    assertEquals(
        ErrorCode.INVALID,
        org.junit.jupiter.api.Assertions.assertThrows(
                ServiceFailure.class, () -> EnvelopeOutline.read(message))
            .code());
    passed.otherwiseEmpty();
  }

  private static Buffer said(String source, String payload) {
    return Buffer.buffer(
        "{\"id\":\"1\",\"type\":\"task.acked\",\"source\":\""
            + source
            + "\",\"payload\":{"
            + payload
            + "}}");
  }

  private static Buffer acked(String machineId) {
    return Envelope.of(
            Types.TASK_ACKED, "agent/m1", new TaskEvent("e1", "e1-0", 1, "token", machineId, null))
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
