package io.cta.server.notify;

import io.cta.domain.AfterNotification;
import io.cta.domain.AfterOutcome;
import io.cta.domain.Channel;
import io.cta.domain.ChannelType;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.IdGenerator;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.notify.chat.ChatMessage;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.ViewEncoder;
import io.cta.server.view.events.ExecutionEventView;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Stores a message for each channel and a letter for each address of a handler. A channel that
 * cannot take one gets a message that has failed, so that people see it, and can have it delivered
 * once the channel can.
 */
final class NotifyAction {
  private final StoreRepositories stores;
  private final EventWriter events;
  private final LetterRows letters;
  private final Clock clock;

  NotifyAction(StoreRepositories stores, EventWriter events, Clock clock) {
    this.stores = stores;
    this.events = events;
    this.letters = new LetterRows(new ChangesReader(stores), clock);
    this.clock = clock;
  }

  Future<AfterOutcome> carryOut(
      Execution execution, AfterOutcome outcome, AfterNotification notification) {
    return events
        .write(execution, outcome.handler())
        .compose(
            event ->
                messages(execution, outcome, notification.channels(), event)
                    .compose(
                        messages ->
                            letters
                                .rows(execution, outcome.handler(), notification.email(), event)
                                .map(
                                    letters ->
                                        Stream.concat(messages.stream(), letters.stream())
                                            .toList())))
        .compose(rows -> stored(outcome, rows));
  }

  /**
   * @param channels ids or names
   */
  private Future<List<Delivery>> messages(
      Execution execution, AfterOutcome outcome, List<String> channels, ExecutionEventView event) {
    Map<String, Delivery> rows = new LinkedHashMap<>();
    Future<Void> done = Future.succeededFuture();
    for (String key : channels) {
      done =
          done.compose(v -> IdOrNameLookup.find(stores.channels, key))
              .map(
                  found -> {
                    Delivery row = row(execution, outcome.handler(), key, found, event);
                    rows.putIfAbsent(row.id(), row);
                    return null;
                  });
    }
    return done.map(v -> List.copyOf(rows.values()));
  }

  /** What is there already was written before a crash, and stays as it is. */
  private Future<AfterOutcome> stored(AfterOutcome outcome, List<Delivery> rows) {
    return stores
        .deliveries
        .apply(rows.stream().map(row -> stores.deliveries.inserting(row.id(), row)).toList())
        .map(done -> DeliveryFold.fold(outcome, rows, clock.instant()));
  }

  private Delivery row(
      Execution execution,
      int handler,
      String key,
      Optional<VersionedEntity<Channel>> found,
      ExecutionEventView event) {
    Instant now = clock.instant();
    String channelId = found.map(channel -> channel.value().id()).orElse(key);
    DeliveryBuilder row =
        DeliveryRow.due(execution, handler, now)
            .id(execution.id() + "-" + handler + "-" + channelId)
            .messageId(
                DeliveryRow.messageId(
                    IdGenerator.derived(
                        execution.finishedAt(),
                        execution.id() + " tells " + handler + " " + channelId)))
            .channelId(channelId)
            .channelName(found.map(channel -> channel.value().name()).orElse(key))
            .body(body(found, event));
    if (found.isEmpty()) {
      return failed(row, "there is no such channel any more", now);
    }
    return found.get().value().enabled()
        ? row.build()
        : failed(row, "the channel is switched off", now);
  }

  /** Written once, as the channel takes it. */
  private static String body(Optional<VersionedEntity<Channel>> found, ExecutionEventView event) {
    ChannelType type = found.map(channel -> channel.value().type()).orElse(ChannelType.WEBHOOK);
    return type == ChannelType.WEBHOOK ? ViewEncoder.text(event) : ChatMessage.of(type, event);
  }

  private static Delivery failed(DeliveryBuilder row, String why, Instant now) {
    return row.state(DeliveryState.FAILED)
        .attempts(List.of(new DeliveryAttempt(now, null, why, 0)))
        .nextAt(null)
        .endedAt(now)
        .build();
  }
}
