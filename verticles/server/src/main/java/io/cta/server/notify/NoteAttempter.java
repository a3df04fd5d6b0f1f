package io.cta.server.notify;

import io.cta.domain.CommitLine;
import io.cta.domain.CommitLineBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.Forge;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.forges.ForgeAnswer;
import io.cta.server.forges.MergeRequestNote;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes one attempt to write one note: alone for its merge request and scenario, and not over what
 * a later execution has written. Event loop of its verticle only.
 */
final class NoteAttempter {
  private static final String SUFFIX = "-report-note";

  private final StoreRepositories stores;
  private final NoteSender sender;
  private final ReportOutcomeWriter outcomes;
  private final LineHolder lines;
  private final TimeSource time;

  NoteAttempter(
      StoreRepositories stores,
      NoteSender sender,
      ReportOutcomeWriter outcomes,
      LineHolder lines,
      TimeSource time) {
    this.stores = stores;
    this.sender = sender;
    this.outcomes = outcomes;
    this.lines = lines;
    this.time = time;
  }

  /** The id of the delivery for the note of an execution. */
  static String rowId(String executionId) {
    return executionId + SUFFIX;
  }

  static boolean isNote(Delivery row) {
    return row.handler() == Delivery.REPORT && row.id().endsWith(SUFFIX);
  }

  /** Completes with how long until the next look at it; empty when there is none. */
  Future<Optional<Duration>> attempt(VersionedEntity<Delivery> found) {
    return lines.holding(found.value().line(), line -> claimed(found, line));
  }

  private Future<Optional<Duration>> claimed(VersionedEntity<Delivery> found, CommitLine line) {
    Delivery mine = DeliveryBuilder.builder(found.value()).claimedBy(lines.self()).build();
    VersionedEntity<Delivery> row = new VersionedEntity<>(mine, found.version() + 1);
    String later = line.notedBy();
    return lines
        .claimed(found, mine)
        .compose(
            forge ->
                forge.isEmpty()
                    ? stored(row, refused("there is no such forge any more"), time.now(), 0)
                    : later != null && later.compareTo(mine.executionId()) > 0
                        ? stored(row, accepted("a later execution has written it"), time.now(), 0)
                        : sent(row, line, forge.get()));
  }

  private Future<Optional<Duration>> sent(
      VersionedEntity<Delivery> row, CommitLine line, Forge forge) {
    MergeRequestNote note =
        JsonMapping.fromObject(new JsonObject(row.value().body()), MergeRequestNote.class);
    Instant begun = time.now();
    long nanos = time.nanos();
    return sender
        .send(note, forge, line.noteId(), begun)
        .recover(
            e ->
                Future.succeededFuture(
                    e instanceof ServiceFailure
                        ? refused(e.getMessage())
                        : new NoteSender.Sent(
                            new ForgeAnswer(ForgeAnswer.Kind.RETRY, Duration.ZERO, e.getMessage()),
                            null,
                            null)))
        .compose(
            sent -> {
              long millis = Duration.ofNanos(time.nanos() - nanos).toMillis();
              // what the forge has is stored first: a crash in between writes nothing twice
              return noted(line.id(), row.value().executionId(), sent)
                  .compose(v -> stored(row, sent, begun, millis));
            });
  }

  private Future<Void> noted(String line, String executionId, NoteSender.Sent sent) {
    return sent.noteId() == null
        ? Future.succeededFuture()
        : stores
            .commitLines
            .update(
                line,
                now ->
                    CommitLineBuilder.builder(now)
                        .noteId(sent.noteId())
                        .notedBy(executionId)
                        .build())
            .mapEmpty();
  }

  private Future<Optional<Duration>> stored(
      VersionedEntity<Delivery> mine, NoteSender.Sent sent, Instant begun, long millis) {
    ForgeAnswer answer = sent.answer();
    boolean success = answer.kind() == ForgeAnswer.Kind.ACCEPTED;
    boolean again = answer.kind() == ForgeAnswer.Kind.RETRY;
    Duration pause =
        ReportPauses.after(
            mine.value().attempts().size() + 1,
            answer.pause(),
            ThreadLocalRandom.current().nextDouble());
    DeliveryAttempt attempt = new DeliveryAttempt(begun, sent.status(), answer.text(), millis);
    Delivery next =
        DeliverySchedule.after(mine.value(), attempt, success, again ? pause : null, time.now());
    if (next.state() == DeliveryState.WAITING) {
      Duration wait = next.waited().minus(mine.value().waited());
      return stores.deliveries.replace(next.id(), mine, next).map(done -> Optional.of(wait));
    }
    return outcomes
        .writeNote(next)
        .compose(v -> stores.deliveries.replace(next.id(), mine, next))
        .map(done -> Optional.<Duration>empty());
  }

  private static NoteSender.Sent refused(String why) {
    return new NoteSender.Sent(
        new ForgeAnswer(ForgeAnswer.Kind.REFUSED, Duration.ZERO, why), null, null);
  }

  private static NoteSender.Sent accepted(String why) {
    return new NoteSender.Sent(
        new ForgeAnswer(ForgeAnswer.Kind.ACCEPTED, Duration.ZERO, why), null, null);
  }
}
