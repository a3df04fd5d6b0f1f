package io.cta.server.notify;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterOutcomeBuilder;
import io.cta.domain.AfterState;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Computes what became of a handler that tells, builds, pushes or reports, from its deliveries in
 * any order. Pure.
 */
final class DeliveryFold {
  private DeliveryFold() {}

  /** The outcome as its deliveries have it; the same instance when nothing has changed. */
  static AfterOutcome fold(AfterOutcome outcome, Collection<Delivery> deliveries, Instant now) {
    Optional<Delivery> build =
        deliveries.stream().filter(d -> d.jenkinsBuild() != null).findFirst();
    if (build.isPresent()) {
      return built(outcome, build.get(), now);
    }
    Map<String, Delivery> byChannel = new TreeMap<>();
    for (Delivery delivery : deliveries) {
      byChannel.merge(delivery.channelId(), delivery, DeliveryFold::better);
    }
    List<String> ids = deliveries.stream().map(Delivery::id).sorted().toList();
    AfterOutcome next = state(byChannel.values(), outcome, now);
    boolean same =
        next.state() == outcome.state()
            && ids.equals(outcome.deliveries())
            && java.util.Objects.equals(next.text(), outcome.text());
    return same ? outcome : AfterOutcomeBuilder.builder(next).deliveries(ids).build();
  }

  private static AfterOutcome built(AfterOutcome outcome, Delivery row, Instant now) {
    AfterState state = state(row);
    String text = BuildText.of(row);
    AfterOutcome next =
        AfterOutcomeBuilder.builder(outcome.now(state, text, outcome.at()))
            .deliveries(List.of(row.id()))
            .jenkinsBuild(row.jenkinsBuild())
            .build();
    return next.equals(outcome) ? outcome : next.now(state, text, now);
  }

  private static AfterState state(Delivery row) {
    return switch (row.state()) {
      case WAITING -> AfterState.SENDING;
      case DELIVERED -> AfterState.DONE;
      case FAILED -> AfterState.FAILED;
    };
  }

  private static AfterOutcome state(
      Collection<Delivery> channels, AfterOutcome outcome, Instant now) {
    Delivery first = channels.iterator().next();
    if (PlaceText.isFor(first)) {
      return outcome.now(state(first), PlaceText.of(first), now);
    }
    long delivered = count(channels, DeliveryState.DELIVERED);
    if (delivered == channels.size()) {
      return outcome.now(AfterState.DONE, "told " + delivered + " of " + channels.size(), now);
    }
    if (count(channels, DeliveryState.WAITING) > 0) {
      return outcome.now(AfterState.SENDING, "told " + delivered + " of " + channels.size(), now);
    }
    Delivery failed =
        channels.stream().filter(d -> d.state() == DeliveryState.FAILED).findFirst().orElseThrow();
    return outcome.now(
        AfterState.FAILED,
        "told "
            + delivered
            + " of "
            + channels.size()
            + "; "
            + failed.channelName()
            + ": "
            + lastText(failed),
        now);
  }

  private static long count(Collection<Delivery> channels, DeliveryState state) {
    return channels.stream().filter(d -> d.state() == state).count();
  }

  /** A redelivery that arrived makes good what failed before. */
  private static Delivery better(Delivery a, Delivery b) {
    return rank(a) >= rank(b) ? a : b;
  }

  private static int rank(Delivery d) {
    return switch (d.state()) {
      case DELIVERED -> 2;
      case WAITING -> 1;
      case FAILED -> 0;
    };
  }

  private static String lastText(Delivery delivery) {
    if (delivery.attempts().isEmpty()) {
      return "not tried";
    }
    DeliveryAttempt last = delivery.attempts().get(delivery.attempts().size() - 1);
    String protocol = delivery.mailed() ? "SMTP " : "HTTP ";
    return (last.status() == null ? "" : protocol + last.status() + " ")
        + (last.text() == null ? "" : last.text());
  }
}
