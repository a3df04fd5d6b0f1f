package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterHandler;
import io.cta.domain.AfterNotification;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.server.mail.MailLetter;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingFailure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People get letters, each for himself. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LettersTest {
  private static final ResultCounts FAILED = new ResultCounts(0, 1, 0, 0, 0, 0);
  private final NotifyFixture fixture = new NotifyFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void eachAddressGetsALetterOfItsOwn() {
    Execution execution = told("ann@example.org", "bob@example.org", "ann@example.org");
    AfterOutcome outcome = fixture.settled(execution).get(0);
    assertEquals(AfterState.DONE, outcome.state(), outcome::toString);
    assertEquals("told 2 of 2", outcome.text());
    assertEquals(
        List.of("ann@example.org", "bob@example.org"),
        fixture.letters.stream().map(MailLetter::to).sorted().toList());
    assertNotEquals(fixture.letters.get(0).id(), fixture.letters.get(1).id());
    assertEquals("[cta] nightly failed: 0 of 0 ok", fixture.letters.get(0).subject());
  }

  @Test
  void greylistingIsTriedAgainAndOneRefusalStopsNobodyElse() {
    fixture.mails =
        letter ->
            Future.succeededFuture(
                letter.to().startsWith("gone")
                    ? answer(550, "no such person")
                    : fixture.letters.size() < 3 ? answer(451, "come again") : answer(250, "ok"));
    Execution execution = told("gone@example.org", "ann@example.org");
    fixture.untilLater(Duration.ofSeconds(70), fixture.letters::size, size -> size == 3);
    AfterOutcome outcome = fixture.settled(execution).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    assertEquals("told 1 of 2; gone@example.org: SMTP 550 no such person", outcome.text());
    Delivery ann = delivery("ann@example.org", DeliveryState.DELIVERED);
    assertEquals(2, ann.attempts().size());
    assertTrue(ann.waited().compareTo(Duration.ofSeconds(54)) >= 0, ann.waited()::toString);
    assertEquals(1, delivery("gone@example.org", DeliveryState.FAILED).attempts().size());
    List<String> ids =
        fixture.letters.stream()
            .filter(letter -> letter.to().startsWith("ann"))
            .map(MailLetter::id)
            .distinct()
            .toList();
    assertEquals(1, ids.size(), "the same Message-ID");
  }

  @Test
  void aLostConnectionAndARefusedLoginAreTriedAgain() {
    fixture.mails =
        letter ->
            switch (fixture.letters.size()) {
              case 1 -> Future.failedFuture(new OutgoingFailure("the mail server: hung up"));
              case 2 -> Future.succeededFuture(answer(535, "wrong password"));
              default -> Future.succeededFuture(answer(250, "ok"));
            };
    Execution execution = told("ann@example.org");
    fixture.untilLater(Duration.ofMinutes(2), fixture.letters::size, size -> size == 3);
    assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    assertEquals(3, delivery("ann@example.org", DeliveryState.DELIVERED).attempts().size());
  }

  @Test
  void aLetterSaysWhatChangedSinceTheExecutionBefore() {
    fixture.deploy();
    Execution before = fixture.over(Result.FAILED, List.of(), e -> with(e, FAILED));
    status(before, "old", Result.FAILED);
    status(before, "gone", Result.FAILED);
    Execution now =
        fixture.over(Result.FAILED, List.of(mail("ann@example.org")), e -> with(e, FAILED));
    status(now, "new", Result.FAILED);
    status(now, "old", Result.OK);
    fixture.tell(now);
    fixture.settled(now);
    String text = fixture.letters.get(0).text();
    assertTrue(text.contains("the execution before was failed"), text);
    assertTrue(text.contains("Newly failing\n* t: new\n"), text);
    assertTrue(text.contains("Repaired\n* t: old\n\n"), text);
  }

  private Execution told(String... addresses) {
    fixture.deploy();
    Execution execution = fixture.over(Result.FAILED, List.of(mail(addresses)));
    fixture.tell(execution);
    return execution;
  }

  private static AfterHandler mail(String... addresses) {
    return new AfterHandler(
        null, null, new AfterNotification(List.of(addresses), List.of()), null, null, null, null);
  }

  private static Execution with(Execution execution, ResultCounts counts) {
    return ExecutionBuilder.builder(execution).counts(counts).build();
  }

  private void status(Execution execution, String name, Result result) {
    Status status =
        StatusBuilder.builder()
            .id(Status.id(execution.id() + "-0", 1, name.hashCode() & 0xffff))
            .executionId(execution.id())
            .taskId(execution.id() + "-0")
            .attempt(1)
            .testId("t1")
            .testName("t")
            .name(name)
            .index(name.hashCode() & 0xffff)
            .result(result)
            .source(StatusSource.AGENT)
            .machineName("m1")
            .at(fixture.clock.instant())
            .build();
    fixture.stores.statuses.insert(status.id(), status).await();
  }

  private Delivery delivery(String address, DeliveryState state) {
    return NotifyFixture.until(
            fixture::deliveries,
            all ->
                all.stream().anyMatch(d -> d.channelName().equals(address) && d.state() == state))
        .stream()
        .filter(d -> d.channelName().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private static OutgoingAnswer answer(int code, String text) {
    return new OutgoingAnswer(code, null, null, text);
  }
}
