package io.cta.server.notify;

import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.IdGenerator;
import io.cta.server.notify.mail.MailWriter;
import io.cta.server.view.events.ExecutionEventView;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Makes a delivery for each person that gets a letter: what becomes of one changes no other. */
final class LetterRows {
  private final ChangesReader changes;
  private final Clock clock;

  LetterRows(ChangesReader changes, Clock clock) {
    this.changes = changes;
    this.clock = clock;
  }

  Future<List<Delivery>> rows(
      Execution execution, int handler, List<String> addresses, ExecutionEventView event) {
    if (addresses.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return changes
        .of(execution)
        .map(found -> MailWriter.write(event.data(), found).encode())
        .map(
            body ->
                addresses.stream()
                    .distinct()
                    .map(address -> row(execution, handler, address, body))
                    .toList());
  }

  private Delivery row(Execution execution, int handler, String address, String body) {
    Instant now = clock.instant();
    String id =
        IdGenerator.derived(
            execution.finishedAt(), execution.id() + " writes " + handler + " " + address);
    return DeliveryRow.due(execution, handler, now)
        .id(execution.id() + "-" + handler + "-" + id)
        .messageId(DeliveryRow.messageId(id))
        .channelId(Delivery.MAIL + address)
        .channelName(address)
        .body(body)
        .build();
  }
}
