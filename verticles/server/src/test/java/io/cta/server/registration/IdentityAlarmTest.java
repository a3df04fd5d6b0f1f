package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.QueueSpec;
import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.DoorKnock;
import io.cta.bus.IdentityRefused;
import io.cta.domain.Token;
import io.cta.domain.TokenKind;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Envelope;
import io.cta.message.Queues;
import io.cta.message.SecretRenew;
import io.cta.message.Types;
import io.cta.server.sim.House;
import io.cta.server.sim.SimulatedAgent;
import io.cta.server.sim.SimulatedAgent.Way;
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
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aMachineSaysOfItsCopyUntilADayLater() {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    IdentityRefused refused = new IdentityRefused("id-a", "192.0.2.9:1");
    Consumers.announce(house.vertx(), Addresses.IDENTITY_REFUSED, refused);
    house.until(() -> house.machine("a").notices().size() == 1);
    String notice = house.machine("a").notices().get(0);
    assertTrue(notice.startsWith("a copy of its identity was refused at "), notice);
    assertTrue(notice.endsWith(" from 192.0.2.9"), notice);
    a.beat().await();
    assertEquals(List.of(notice), house.machine("a").notices());
    house.clock.advance(Duration.ofHours(25));
    a.beat().await();
    assertEquals(List.of(), house.machine("a").notices());
  }

  @Test
  void aSessionIsClaimedWhileNoOtherIsHeard() {
    SimulatedAgent a = house.agent("a", 1, Way.FINISH);
    claim(a.session()).await();
    ServiceFailure taken = assertThrows(ServiceFailure.class, () -> claim("other").await());
    assertEquals(ErrorCode.CONFLICT, taken.code());
    a.die();
    house.pass(Duration.ofSeconds(35));
    claim("other").await();
  }

  @Test
  void onlyAnAgentThatHasRenewedBeforeIsToldToDoSo() {
    List<String> told = new CopyOnWriteArrayList<>();
    listen("id-old", told);
    listen("id-new", told);
    token("old", List.of());
    token("new", List.of("0123456789abcdef"));
    Consumers.announce(house.vertx(), Addresses.SECRET_SHARED, "id-old");
    Consumers.announce(house.vertx(), Addresses.SECRET_SHARED, "id-new");
    house.until(() -> !told.isEmpty());
    assertEquals(List.of("id-new"), told);
  }

  private Future<Void> claim(String session) {
    DoorKnock claim = new DoorKnock("id-a", session);
    return Consumers.ask(house.vertx(), Addresses.SESSION_CLAIM, claim, 5_000);
  }

  private void token(String name, List<String> retired) {
    Token token =
        new Token(
            name,
            name,
            TokenKind.AGENT,
            null,
            null,
            "id-" + name,
            name,
            null,
            null,
            house.clock.instant(),
            null,
            retired);
    house.stores.tokens.insert(name, token).await();
  }

  private void listen(String machineId, List<String> told) {
    String queue = Queues.machine(machineId);
    house.broker().declare(queue, QueueSpec.commands()).await();
    house.broker().subscribe(queue, 10, message -> take(message, told)).await();
  }

  private static Future<Void> take(Buffer message, List<String> told) {
    Envelope envelope = Envelope.decode(message);
    assertEquals(Types.SECRET_RENEW, envelope.type());
    told.add(envelope.payloadAs(SecretRenew.class).machineId());
    return Future.succeededFuture();
  }
}
