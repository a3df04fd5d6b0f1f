package io.cta.server.notify;

import io.cta.domain.CommitLine;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.Forge;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.cta.server.forges.CommitStatus;
import io.cta.server.forges.ForgeAnswer;
import io.cta.server.forges.ReportStage;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes one attempt to report one status: after the status before it, alone for its commit, and not
 * if the forge has it already. Event loop of its verticle only.
 */
final class ReportAttempter {
  private static final Duration SOON = Duration.ofMillis(250);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final int SERVER_ERRORS = 500;

  private final StoreRepositories stores;
  private final ReportSender sender;
  private final ReportOutcomeWriter outcomes;
  private final AttemptWriter attempts;
  private final LineHolder lines;
  private final NoteAttempter notes;
  private final TimeSource time;

  ReportAttempter(
      StoreRepositories stores,
      ReportSender sender,
      ReportOutcomeWriter outcomes,
      AttemptWriter attempts,
      LineHolder lines,
      NoteAttempter notes,
      TimeSource time) {
    this.stores = stores;
    this.sender = sender;
    this.outcomes = outcomes;
    this.attempts = attempts;
    this.lines = lines;
    this.notes = notes;
    this.time = time;
  }

  /** Completes with how long until the next look at it; empty when there is none. */
  Future<Optional<Duration>> attempt(VersionedEntity<Delivery> found) {
    if (NoteAttempter.isNote(found.value())) {
      return notes.attempt(found);
    }
    CommitStatus status =
        JsonMapping.fromObject(new JsonObject(found.value().body()), CommitStatus.class);
    int step = status.stage().step();
    return step == 1 || !isScenarios(found.value())
        ? inLine(found, status)
        : stores
            .deliveries
            .find(ReportRunner.rowId(found.value().executionId(), step - 1))
            .compose(
                before ->
                    before.isPresent() && before.get().value().state() == DeliveryState.WAITING
                        ? Future.succeededFuture(Optional.of(until(before.get().value())))
                        : inLine(found, status));
  }

  /** Else it is a handler's, which has no status before it. */
  private static boolean isScenarios(Delivery row) {
    return row.handler() == Delivery.REPORT;
  }

  private Duration until(Delivery before) {
    Duration left = before.nextAt() == null ? SOON : Duration.between(time.now(), before.nextAt());
    return left.compareTo(SOON) < 0 ? SOON : left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : left;
  }

  private Future<Optional<Duration>> inLine(VersionedEntity<Delivery> found, CommitStatus status) {
    return lines.holding(found.value().line(), line -> claimed(found, status, line));
  }

  private Future<Optional<Duration>> claimed(
      VersionedEntity<Delivery> found, CommitStatus status, CommitLine line) {
    boolean uncertain = uncertain(found.value());
    Delivery mine = DeliveryBuilder.builder(found.value()).claimedBy(lines.self()).build();
    return lines
        .claimed(found, mine)
        .compose(
            forge ->
                forge.isEmpty()
                    ? ended(mine, refusal("there is no such forge any more"), null)
                    : attempted(mine, status, line, forge.get(), uncertain))
        .compose(next -> stored(new VersionedEntity<>(mine, found.version() + 1), next, status));
  }

  /** True when an earlier attempt may have arrived, although nobody knows. */
  private static boolean uncertain(Delivery row) {
    if (row.claimedBy() != null) {
      return true;
    }
    List<DeliveryAttempt> made = row.attempts();
    Integer last = made.isEmpty() ? (Integer) 0 : made.get(made.size() - 1).status();
    return last == null || last >= SERVER_ERRORS;
  }

  private Future<Delivery> attempted(
      Delivery mine, CommitStatus status, CommitLine line, Forge forge, boolean uncertain) {
    Instant begun = time.now();
    CommitLine.AcceptedStatus accepted = line.accepted().get(status.row());
    if (ReportOrder.isThere(forge.type(), accepted, mine.executionId(), status.stage())) {
      return Future.succeededFuture(
          after(mine, new DeliveryAttempt(begun, null, "it is there already", 0), null));
    }
    long nanos = time.nanos();
    return sender
        .send(status, forge, uncertain, begun)
        .transform(
            sent -> {
              long millis = Duration.ofNanos(time.nanos() - nanos).toMillis();
              if (sent.failed()) {
                ForgeAnswer retry =
                    new ForgeAnswer(
                        sent.cause() instanceof ServiceFailure
                            ? ForgeAnswer.Kind.REFUSED
                            : ForgeAnswer.Kind.RETRY,
                        Duration.ZERO,
                        sent.cause().getMessage());
                return ended(mine, retry, new DeliveryAttempt(begun, null, retry.text(), millis));
              }
              ForgeAnswer answer = sent.result().answer();
              return ended(
                  mine,
                  answer,
                  new DeliveryAttempt(begun, sent.result().status(), answer.text(), millis));
            });
  }

  private Future<Delivery> ended(Delivery mine, ForgeAnswer answer, DeliveryAttempt made) {
    DeliveryAttempt attempt =
        made == null ? new DeliveryAttempt(time.now(), null, answer.text(), 0) : made;
    return Future.succeededFuture(after(mine, attempt, answer));
  }

  private static ForgeAnswer refusal(String why) {
    return new ForgeAnswer(ForgeAnswer.Kind.REFUSED, Duration.ZERO, why);
  }

  /**
   * @param answer null when there was nothing to send
   */
  private Delivery after(Delivery mine, DeliveryAttempt attempt, ForgeAnswer answer) {
    boolean success = answer == null || answer.kind() == ForgeAnswer.Kind.ACCEPTED;
    boolean last = answer != null && answer.kind() == ForgeAnswer.Kind.REFUSED;
    Duration wish = answer == null ? Duration.ZERO : answer.pause();
    Duration pause =
        ReportPauses.after(
            mine.attempts().size() + 1, wish, ThreadLocalRandom.current().nextDouble());
    return DeliverySchedule.after(mine, attempt, success, last ? null : pause, time.now());
  }

  /** What the forge has is stored first: a crash in between sends nothing twice. */
  private Future<Optional<Duration>> stored(
      VersionedEntity<Delivery> mine, Delivery next, CommitStatus status) {
    Future<Void> noted =
        next.state() == DeliveryState.DELIVERED ? noted(next, status) : Future.succeededFuture();
    if (!isScenarios(next)) {
      return noted.compose(v -> attempts.store(mine, next));
    }
    if (next.state() == DeliveryState.WAITING) {
      Duration wait = next.waited().minus(mine.value().waited());
      return stores.deliveries.replace(next.id(), mine, next).map(done -> Optional.of(wait));
    }
    return noted
        .compose(v -> outcomes.write(next, status))
        .compose(v -> stores.deliveries.replace(next.id(), mine, next))
        .map(done -> Optional.<Duration>empty());
  }

  private Future<Void> noted(Delivery next, CommitStatus status) {
    ReportStage stage = status.stage();
    CommitLine.AcceptedStatus accepted =
        new CommitLine.AcceptedStatus(next.executionId(), stage.name());
    return stores
        .commitLines
        .update(
            next.line(),
            line -> {
              CommitLine.AcceptedStatus before = line.accepted().get(status.row());
              boolean further =
                  before != null
                      && !before.executionId().equals(next.executionId())
                      && stage.step() < ReportStage.valueOf(before.stage()).step()
                      && ReportStage.valueOf(before.stage()).step() < ReportStage.LAST;
              return further ? line : line.with(status.row(), accepted);
            })
        .mapEmpty();
  }
}
