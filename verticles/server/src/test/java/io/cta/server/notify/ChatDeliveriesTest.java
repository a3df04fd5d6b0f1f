package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.Channel;
import io.cta.domain.ChannelBuilder;
import io.cta.domain.ChannelType;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.server.outgoing.RecordingReceiver;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages are brought to chat programs, whose answers have meanings of their own. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ChatDeliveriesTest {
  private final NotifyFixture fixture = new NotifyFixture();
  private final RecordingReceiver receiver = new RecordingReceiver(fixture.vertx);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aMessageIsNotSignedAndComesAsTheProgramTakesIt() {
    chat(ChannelType.SLACK);
    Execution execution = told();
    assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    RecordingReceiver.ReceivedMessage message = receiver.messages.get(0);
    assertNull(message.headers().get("webhook-signature"));
    assertNull(message.headers().get("X-CTA-Chain"));
    assertEquals("application/json", message.headers().get("Content-Type"));
    assertTrue(new JsonObject(message.text()).containsKey("blocks"), message.text());
  }

  @Test
  void aRevokedHookIsNotTriedAgainAndTheChannelSaysTheWord() {
    receiver.answers((request, number) -> request.response().setStatusCode(404).end("no_service"));
    chat(ChannelType.SLACK);
    AfterOutcome outcome = fixture.settled(told()).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    Channel channel = fixture.stores.channels.get("id-chat").await().value();
    assertTrue(channel.problem().contains("no_service"), channel.problem());
    assertTrue(channel.enabled());
    assertEquals(1, receiver.messages.size());
  }

  @Test
  void aCardThatIsTooLargeIsSentOnceMoreAsTheSmallestThereIs() {
    receiver.answers(
        (request, number) -> request.response().setStatusCode(number == 1 ? 413 : 202).end());
    chat(ChannelType.TEAMS);
    Execution execution = told();
    fixture.untilLater(Duration.ofSeconds(6), receiver.messages::size, size -> size == 2);
    assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    assertEquals(
        List.of(413, 202),
        NotifyFixture.until(fixture::deliveries, all -> all.get(0).attempts().size() == 2)
            .get(0)
            .attempts()
            .stream()
            .map(DeliveryAttempt::status)
            .toList());
    assertTrue(receiver.messages.get(1).text().length() < receiver.messages.get(0).text().length());
  }

  @Test
  void aCardThatIsStillTooLargeFails() {
    receiver.answers(413);
    chat(ChannelType.TEAMS);
    Execution execution = told();
    fixture.untilLater(Duration.ofSeconds(6), receiver.messages::size, size -> size == 2);
    assertEquals(AfterState.FAILED, fixture.settled(execution).get(0).state());
    assertEquals(2, receiver.messages.size());
  }

  @Test
  void aCardThatFailsKeepsNoOtherReceiverFromItsMessage() {
    receiver.answers(413);
    RecordingReceiver other = new RecordingReceiver(fixture.vertx);
    fixture.channel("other", other.url());
    chat(ChannelType.TEAMS);
    fixture.deploy();
    Execution execution =
        fixture.over(Result.FAILED, List.of(NotifyFixture.tells(null, "chat", "other")));
    fixture.tell(execution);
    NotifyFixture.until(other.messages::size, size -> size == 1);
    fixture.untilLater(Duration.ofSeconds(6), receiver.messages::size, size -> size == 2);
    AfterOutcome outcome = fixture.settled(execution).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    assertTrue(outcome.text().startsWith("told 1 of 2"), outcome.text());
  }

  @Test
  void aChatThatIsToldTooMuchIsLeftAloneAsLongAsItWants() {
    receiver.answers(
        (request, number) ->
            request
                .response()
                .setStatusCode(number == 1 ? 429 : 200)
                .putHeader("Retry-After", "90")
                .end());
    chat(ChannelType.SLACK);
    Execution execution = told();
    Delivery refused =
        NotifyFixture.until(
                fixture::deliveries, all -> !all.isEmpty() && !all.get(0).attempts().isEmpty())
            .get(0);
    assertEquals(Duration.ofSeconds(90), refused.waited());
    fixture.untilLater(Duration.ofSeconds(91), receiver.messages::size, size -> size == 2);
    assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
  }

  private Execution told() {
    fixture.deploy();
    Execution execution = fixture.over(Result.FAILED, List.of(NotifyFixture.tells(null, "chat")));
    fixture.tell(execution);
    return execution;
  }

  private void chat(ChannelType type) {
    fixture
        .stores
        .channels
        .insert(
            "id-chat",
            ChannelBuilder.builder()
                .id("id-chat")
                .name("chat")
                .type(type)
                .url("https://hooks.example.org/…")
                .key(fixture.keys.sealAddress(receiver.url()))
                .build())
        .await();
  }
}
