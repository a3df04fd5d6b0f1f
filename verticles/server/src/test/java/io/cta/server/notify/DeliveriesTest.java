package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import io.cta.domain.AfterHandler;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.Channel;
import io.cta.domain.ChannelBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.StatusBuilder;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.outgoing.RecordingReceiver;
import io.cta.server.webhook.SigningKey;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages are brought to channels. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DeliveriesTest {
  private final NotifyFixture fixture = new NotifyFixture();
  private final RecordingReceiver receiver = new RecordingReceiver(fixture.vertx);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aMessageIsSignedSaysWhatHappenedAndIsNoted() throws Exception {
    fixture.channel("team", receiver.url());
    fixture.deploy();
    Execution execution =
        fixture.over(
            Result.FAILED,
            List.of(tells("team")),
            e -> ExecutionBuilder.builder(e).counts(new ResultCounts(1, 1, 0, 0, 0, 0)).build());
    fixture
        .stores
        .statuses
        .insert(
            execution.id() + "-0.1.1",
            StatusBuilder.builder()
                .id(execution.id() + "-0.1.1")
                .executionId(execution.id())
                .taskId(execution.id() + "-0")
                .attempt(1)
                .testName("time")
                .name("clockStands")
                .result(Result.FAILED)
                .message("expected 1\nwas 2")
                .build())
        .await();
    fixture.tell(execution);
    AfterOutcome outcome = fixture.settled(execution).get(0);
    assertEquals(AfterState.DONE, outcome.state());
    RecordingReceiver.ReceivedMessage message = receiver.messages.get(0);
    fixture.clock.instant();
    assertEquals(
        "" + fixture.clock.instant().getEpochSecond(), message.headers().get("webhook-timestamp"));
    assertEquals(execution.id() + ";depth=0", message.headers().get("X-CTA-Chain"));
    assertTrue(message.id().matches("msg_[0-9A-Z]{26}"), message.id());
    JsonObject body = new JsonObject(message.text());
    assertEquals("execution.finished", body.getString("type"));
    assertEquals("2026-01-02T03:04:05.000Z", body.getString("timestamp"));
    JsonObject data = body.getJsonObject("data");
    assertEquals(execution.id(), data.getString("id"));
    assertEquals("failed", data.getString("result"));
    assertEquals("https://cta.example/#/executions/" + execution.id(), data.getString("link"));
    assertEquals(
        "clockStands", data.getJsonArray("failures").getJsonObject(0).getString("caseName"));
    Delivery delivery = attempts(1);
    assertEquals(List.of(delivery.id()), outcome.deliveries());
    assertEquals(DeliveryState.DELIVERED, delivery.state());
    assertEquals(message.text(), delivery.body());
    assertEquals(message.id(), delivery.messageId());
    assertEquals(200, delivery.attempts().get(0).status());
    Channel channel = fixture.stores.channels.get("id-team").await().value();
    assertEquals(fixture.clock.instant(), channel.lastDeliveredAt());
  }

  @Test
  void theLibraryOfTheSpecificationVerifiesWhatArrives() throws Exception {
    // that library compares with the real time of day
    fixture.clock.set(Duration.between(fixture.clock.instant(), java.time.Instant.now()));
    fixture.channel("team", receiver.url());
    fixture.deploy();
    Execution execution = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(execution);
    fixture.settled(execution);
    RecordingReceiver.ReceivedMessage message = receiver.messages.get(0);
    new Webhook(fixture.key.text()).verify(message.text(), message.httpHeaders());
  }

  @Test
  void aRetrySendsTheSameBytesUnderTheSameIdWithANewTimestamp() {
    receiver.answers(
        (request, number) -> request.response().setStatusCode(number < 3 ? 500 : 204).end());
    fixture.channel("team", receiver.url());
    fixture.deploy();
    Execution execution = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(execution);
    attempts(1);
    assertEquals(AfterState.SENDING, fixture.outcomes(execution, sending()).get(0).state());
    fixture.untilLater(Duration.ofSeconds(6), receiver.messages::size, size -> size == 2);
    attempts(2);
    fixture.untilLater(Duration.ofMinutes(6), receiver.messages::size, size -> size == 3);
    assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    assertEquals(3, receiver.messages.size());
    assertEquals(1, receiver.messages.stream().map(m -> m.id()).distinct().count());
    assertEquals(1, receiver.messages.stream().map(m -> m.text()).distinct().count());
    assertEquals(
        3,
        receiver.messages.stream()
            .map(m -> m.headers().get("webhook-timestamp"))
            .distinct()
            .count());
    assertEquals(
        List.of(500, 500, 204),
        attempts(3).attempts().stream().map(DeliveryAttempt::status).toList());
    assertNull(fixture.stores.channels.get("id-team").await().value().problem());
  }

  @Test
  void aReceiverThatWantsToBeLeftAloneIs() {
    receiver.answers(
        (request, number) ->
            request.response().setStatusCode(429).putHeader("Retry-After", "3600").end());
    fixture.channel("team", receiver.url());
    fixture.deploy();
    fixture.tell(fixture.over(Result.OK, List.of(tells("team"))));
    attempts(1);
    fixture.clock.advance(Duration.ofMinutes(59));
    Execution other = fixture.over(Result.OK, List.of(tells("other")));
    fixture.tell(other);
    fixture.settled(other);
    assertEquals(1, receiver.messages.size());
    fixture.untilLater(Duration.ofMinutes(2), receiver.messages::size, size -> size == 2);
  }

  @Test
  void aReceiverThatIsGoneSwitchesItsChannelOff() {
    receiver.answers(410);
    fixture.channel("team", receiver.url());
    fixture.deploy();
    Execution execution = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(execution);
    AfterOutcome outcome = fixture.settled(execution).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    assertTrue(outcome.text().contains("410"), outcome.text());
    Channel channel = fixture.stores.channels.get("id-team").await().value();
    assertFalse(channel.enabled());
    assertTrue(channel.problem().contains("410"), channel.problem());
    Execution next = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(next);
    assertTrue(fixture.settled(next).get(0).text().contains("switched off"));
    assertEquals(1, receiver.messages.size());
  }

  @Test
  void aRedirectIsAFailedAttempt() {
    receiver.answers(
        (request, number) ->
            request.response().setStatusCode(307).putHeader("Location", "/x").end());
    fixture.channel("team", receiver.url());
    fixture.deploy();
    fixture.tell(fixture.over(Result.OK, List.of(tells("team"))));
    DeliveryAttempt attempt = attempts(1).attempts().get(0);
    assertEquals(307, attempt.status());
    assertTrue(attempt.text().contains("not followed"), attempt.text());
  }

  @Test
  void aReceiverThatDoesNotAnswerHoldsUpNoOther() {
    RecordingReceiver dead = new RecordingReceiver(fixture.vertx);
    dead.answers((request, number) -> {});
    fixture.channel("dead", dead.url());
    fixture.channel("alive", receiver.url());
    fixture.deploy();
    for (int i = 0; i < 30; i++) {
      fixture.tell(fixture.over(Result.OK, List.of(tells("dead"))));
    }
    NotifyFixture.until(() -> dead.messages.size(), size -> size == 4);
    for (int i = 0; i < 10; i++) {
      Execution execution = fixture.over(Result.OK, List.of(tells("alive")));
      fixture.tell(execution);
      assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    }
    assertEquals(4, dead.messages.size());
  }

  @Test
  void aChannelThatIsNotThereIsAFailureThatPeopleSee() {
    fixture.channel("team", receiver.url());
    fixture.deploy();
    Execution execution = fixture.over(Result.OK, List.of(tells("team", "gone")));
    fixture.tell(execution);
    AfterOutcome outcome = fixture.settled(execution).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    assertTrue(outcome.text().contains("gone: there is no such channel"), outcome.text());
    assertEquals(1, receiver.messages.size());
    assertEquals(2, fixture.deliveries().size());
  }

  @Test
  void bothKeysSignUntilTheOverlapIsOver() throws Exception {
    fixture.clock.set(Duration.between(fixture.clock.instant(), java.time.Instant.now()));
    fixture.channel("team", receiver.url());
    SigningKey next = SigningKey.random();
    fixture
        .stores
        .channels
        .update(
            "id-team",
            c ->
                ChannelBuilder.builder(c)
                    .previousKey(c.key())
                    .previousKeyUntil(fixture.clock.instant().plusSeconds(60))
                    .key(fixture.keys.seal(next))
                    .build())
        .await();
    fixture.deploy();
    Execution execution = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(execution);
    fixture.settled(execution);
    RecordingReceiver.ReceivedMessage message = receiver.messages.get(0);
    new Webhook(fixture.key.text()).verify(message.text(), message.httpHeaders());
    new Webhook(next.text()).verify(message.text(), message.httpHeaders());
    fixture.clock.advance(Duration.ofSeconds(61));
    Execution later = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(later);
    fixture.settled(later);
    String signature = receiver.messages.get(1).headers().get("webhook-signature");
    assertEquals(1, signature.split(" ").length);
  }

  @Test
  void whatAServerLeftBehindIsDeliveredByTheNext() {
    receiver.answers(500);
    fixture.channel("team", receiver.url());
    String first = fixture.deploy();
    Execution execution = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(execution);
    attempts(1);
    fixture.vertx.undeploy(first).await();
    receiver.answers(200);
    // whatever the wall clock says, nothing waits for ever
    fixture.clock.set(Duration.ofDays(-30));
    fixture.deploy();
    fixture.untilLater(Duration.ofHours(13), receiver.messages::size, size -> size > 1);
    assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
  }

  @Test
  void aClaimOfANodeThatDiedIsTakenOverAfterItsLease() {
    receiver.answers((request, number) -> {});
    fixture.channel("team", receiver.url());
    String first = fixture.deploy(new ClusterNode("one", Duration.ofSeconds(5)));
    Execution execution = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(execution);
    NotifyFixture.until(() -> receiver.messages.size(), size -> size == 1);
    fixture.vertx.undeploy(first).await();
    receiver.answers(200);
    fixture.deploy(new ClusterNode("two", Duration.ofSeconds(5)));
    Execution other = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(other);
    fixture.settled(other);
    assertEquals(2, receiver.messages.size());
    fixture.clock.advance(Duration.ofSeconds(61));
    assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    assertEquals(receiver.messages.get(0).text(), receiver.messages.get(2).text());
  }

  @Test
  void manyNodesDeliverEachMessageOnceOrWithTheSameContent() {
    fixture.channel("team", receiver.url());
    for (int i = 0; i < 3; i++) {
      fixture.deploy(new ClusterNode("node" + i, Duration.ofSeconds(5)));
    }
    for (int i = 0; i < 20; i++) {
      Execution execution = fixture.over(Result.OK, List.of(tells("team")));
      fixture.tell(execution);
      assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    }
    assertEquals(20, receiver.messages.stream().map(m -> m.id()).distinct().count());
    assertEquals(20, receiver.messages.stream().map(m -> m.text()).distinct().count());
    assertEquals(20, receiver.messages.size());
  }

  @Test
  void theDeliveryOfAnExecutionThatWasRemovedIsRemovedAtItsEnd() {
    receiver.answers(500);
    fixture.channel("team", receiver.url());
    fixture.deploy();
    Execution execution = fixture.over(Result.OK, List.of(tells("team")));
    fixture.tell(execution);
    attempts(1);
    fixture.outcomes(execution, sending());
    long version = fixture.stores.executions.get(execution.id()).await().version();
    fixture
        .stores
        .documents
        .apply(
            List.of(
                new io.cta.server.store.DocumentWrite.Delete(
                    io.cta.server.store.StoreCollections.EXECUTIONS, execution.id(), version)))
        .await();
    receiver.answers(200);
    fixture.untilLater(Duration.ofSeconds(6), receiver.messages::size, size -> size == 2);
    NotifyFixture.until(fixture::deliveries, List::isEmpty);
    assertEquals(2, receiver.messages.size());
  }

  private static java.util.function.Predicate<List<AfterOutcome>> sending() {
    return all -> all.get(0).state() == AfterState.SENDING;
  }

  /** The only delivery of the channel once it has had so many attempts. */
  private Delivery attempts(int count) {
    return NotifyFixture.until(
            fixture::deliveries, all -> !all.isEmpty() && all.get(0).attempts().size() == count)
        .get(0);
  }

  private static AfterHandler tells(String... channels) {
    return NotifyFixture.tells(null, channels);
  }
}
