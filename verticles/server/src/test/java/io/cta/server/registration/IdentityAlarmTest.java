package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.QueueSpec;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.IdentityRefused;
import io.cta.bus.SessionQuery;
import io.cta.domain.AccessToken;
import io.cta.domain.AccessTokenBuilder;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.SecretRenew;
import io.cta.server.sim.ServerSimulation;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Behavior;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IdentityAlarmTest {
  private final ServerSimulation serverSimulation = new ServerSimulation();

  @AfterEach
  void close() {
    serverSimulation.close();
  }

  @Test
  void aMachineShowsTheNoticeOfACopyForADay() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    IdentityRefused refused = new IdentityRefused("id-a", "192.0.2.9:1");
    BusAdapter.announce(serverSimulation.vertx(), BusAddresses.IDENTITY_REFUSED, refused);
    serverSimulation.until(() -> serverSimulation.machine("a").notices().size() == 1);
    String notice = serverSimulation.machine("a").notices().get(0);
    assertTrue(notice.startsWith("a copy of its identity was refused at "), notice);
    assertTrue(notice.endsWith(" from 192.0.2.9"), notice);
    a.beat().await();
    assertEquals(List.of(notice), serverSimulation.machine("a").notices());
    serverSimulation.clock.advance(Duration.ofHours(25));
    a.beat().await();
    assertEquals(List.of(), serverSimulation.machine("a").notices());
  }

  @Test
  void aSessionCanBeClaimedOnlyWhileNoOtherIsAlive() {
    SimulatedAgent a = serverSimulation.agent("a", 1, Behavior.FINISH);
    claim(a.session()).await();
    ServiceFailure taken = assertThrows(ServiceFailure.class, () -> claim("other").await());
    assertEquals(ErrorCode.SESSION_TAKEN, taken.code());
    a.die();
    serverSimulation.pass(Duration.ofSeconds(35));
    claim("other").await();
  }

  @Test
  void onlyAnAgentThatHasRenewedBeforeIsToldToDoSo() {
    List<String> told = new CopyOnWriteArrayList<>();
    listen("id-old", told);
    listen("id-new", told);
    token("old", List.of());
    token("new", List.of("0123456789abcdef"));
    BusAdapter.announce(serverSimulation.vertx(), BusAddresses.SECRET_SHARED, "id-old");
    BusAdapter.announce(serverSimulation.vertx(), BusAddresses.SECRET_SHARED, "id-new");
    serverSimulation.until(() -> !told.isEmpty());
    assertEquals(List.of("id-new"), told);
  }

  private Future<Void> claim(String session) {
    SessionQuery claim = new SessionQuery("id-a", session);
    return BusAdapter.ask(serverSimulation.vertx(), BusAddresses.SESSION_CLAIM, claim, 5_000);
  }

  private void token(String name, List<String> retired) {
    AccessToken token =
        AccessTokenBuilder.builder()
            .id(name)
            .name(name)
            .kind(TokenKind.AGENT)
            .machineId("id-" + name)
            .hash(name)
            .createdAt(serverSimulation.clock.instant())
            .retired(retired)
            .build();
    serverSimulation.stores.tokens.insert(name, token).await();
  }

  private void listen(String machineId, List<String> told) {
    String queue = QueueNames.machine(machineId);
    serverSimulation.broker().declare(queue, QueueSpec.commands()).await();
    serverSimulation.broker().subscribe(queue, 10, message -> take(message, told)).await();
  }

  private static Future<Void> take(Buffer message, List<String> told) {
    MessageEnvelope envelope = MessageEnvelope.decode(message);
    assertEquals(MessageTypes.SECRET_RENEW, envelope.type());
    told.add(envelope.payloadAs(SecretRenew.class).machineId());
    return Future.succeededFuture();
  }
}
