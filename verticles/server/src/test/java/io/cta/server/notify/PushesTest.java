package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterHandler;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterPush;
import io.cta.domain.AfterState;
import io.cta.domain.AfterTrigger;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.domain.Result;
import io.cta.domain.SecretBuilder;
import io.cta.server.outgoing.RecordingReceiver;
import io.cta.server.outgoing.RecordingReceiver.ReceivedMessage;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results go to an address by PUT. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PushesTest {
  private final NotifyFixture fixture = new NotifyFixture();
  private final RecordingReceiver receiver = new RecordingReceiver(fixture.vertx);

  @BeforeEach
  void deploy() {
    fixture.deploy();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void eachFormatIsAFileBelowScenarioAndExecution() {
    secret("upload", null);
    Execution e = pushed("upload", List.of("junit", "json", "csv", "ctrf"));
    AfterOutcome outcome = fixture.settled(e).get(0);
    assertEquals(AfterState.DONE, outcome.state(), outcome::toString);
    assertEquals(
        "pushed junit.xml, execution.json, results.csv, ctrf.json in "
            + receiver.url()
            + "/nightly/"
            + e.id()
            + "/",
        outcome.text());
    assertEquals(
        List.of("junit.xml", "execution.json", "results.csv", "ctrf.json"),
        receiver.messages.stream()
            .map(m -> m.path().substring(("/hook/nightly/" + e.id() + "/").length()))
            .toList());
    ReceivedMessage junit = receiver.messages.get(0);
    assertEquals("Bearer value of upload", junit.headers().get("Authorization"));
    assertEquals("application/xml; charset=utf-8", junit.headers().get("Content-Type"));
    assertTrue(junit.text().contains("<testsuites"), junit.text());
    JsonObject json = new JsonObject(receiver.messages.get(1).text());
    assertEquals(e.id(), json.getJsonObject("execution").getString("id"));
  }

  @Test
  void aServerThatIsBusyIsTriedAgainAfterTheTimeItWants() {
    receiver.answers(
        (request, number) ->
            request
                .response()
                .setStatusCode(number == 2 ? 503 : 201)
                .putHeader("Retry-After", "90")
                .end());
    Execution e = pushed(null, List.of());
    fixture.untilLater(Duration.ofSeconds(100), receiver.messages::size, size -> size == 4);
    assertEquals(AfterState.DONE, fixture.settled(e).get(0).state());
    Delivery row = fixture.deliveries().get(0);
    assertEquals(503, row.attempts().get(0).status());
    assertEquals("the server answered 503", row.attempts().get(0).text());
    assertEquals(2, row.attempts().size());
    assertTrue(row.waited().compareTo(Duration.ofSeconds(90)) >= 0, row.waited()::toString);
  }

  @Test
  void aServerThatIsNotThereIsTriedAgain() {
    receiver.close().await();
    Execution e = pushed(null, List.of("csv"));
    AfterOutcome outcome =
        fixture
            .outcomes(e, all -> String.valueOf(all.get(0).text()).startsWith("not pushed yet"))
            .get(0);
    assertEquals(AfterState.SENDING, outcome.state());
    assertTrue(outcome.text().contains("cannot connect to 127.0.0.1"), outcome.text());
  }

  @Test
  void aRefusalAndARedirectAreFinalAndToldWithThePlace() {
    for (int status : List.of(403, 302)) {
      receiver.answers(
          (request, number) ->
              request
                  .response()
                  .setStatusCode(status)
                  .putHeader("Location", receiver.url())
                  .end("not here"));
      int before = receiver.messages.size();
      AfterOutcome outcome = fixture.settled(pushed(null, List.of())).get(0);
      assertEquals(AfterState.FAILED, outcome.state());
      assertTrue(
          outcome.text().startsWith("not pushed: the server answered " + status + ": not here ("),
          outcome.text());
      assertEquals(before + 1, receiver.messages.size());
    }
  }

  @Test
  void aSecretOfAnotherScenarioOrNoneIsNotUsed() {
    secret("foreign", "another");
    for (String name : List.of("foreign", "none")) {
      AfterOutcome outcome = fixture.settled(pushed(name, List.of())).get(0);
      assertEquals(AfterState.FAILED, outcome.state());
      assertTrue(
          outcome.text().contains("names no secret that scenario nightly may use: " + name),
          outcome.text());
    }
    assertEquals(0, receiver.messages.size());
  }

  @Test
  void aConditionHoldsItBack() {
    Execution e =
        fixture.over(Result.OK, List.of(handler(AfterTrigger.FAILURE, place(null), List.of())));
    fixture.tell(e);
    assertEquals(AfterState.SKIPPED, fixture.settled(e).get(0).state());
    assertEquals(0, receiver.messages.size());
  }

  @Test
  void aHostOfThePrivateNetworkIsNotCalled() {
    Repository inside =
        RepositoryBuilder.builder().type("http").url("http://10.1.2.3/results").build();
    Execution e = fixture.over(Result.OK, List.of(handler(null, inside, List.of("csv"))));
    fixture.tell(e);
    AfterOutcome outcome =
        fixture
            .outcomes(e, all -> String.valueOf(all.get(0).text()).startsWith("not pushed yet"))
            .get(0);
    assertTrue(outcome.text().contains("outgoing.allow"), outcome.text());
    assertNull(fixture.deliveries().get(0).attempts().get(0).status());
  }

  @Test
  void nothingStaysOnTheDisk() {
    fixture.settled(pushed(null, List.of()));
    receiver.answers(403);
    fixture.settled(pushed(null, List.of()));
    assertEquals(List.of(), fixture.filesUnderWay());
  }

  private Execution pushed(String token, List<String> formats) {
    Execution e = fixture.over(Result.FAILED, List.of(handler(null, place(token), formats)));
    fixture.tell(e);
    return e;
  }

  private Repository place(String token) {
    return RepositoryBuilder.builder().type("http").url(receiver.url()).token(token).build();
  }

  private static AfterHandler handler(AfterTrigger on, Repository to, List<String> formats) {
    return new AfterHandler(null, on, null, null, null, new AfterPush(to, formats), null);
  }

  private void secret(String name, String scenario) {
    fixture
        .stores
        .secrets
        .insert(
            "id-" + name,
            SecretBuilder.builder()
                .id("id-" + name)
                .name(name)
                .scenario(scenario)
                .sealed(fixture.cipher.seal("value of " + name))
                .build())
        .await();
  }
}
