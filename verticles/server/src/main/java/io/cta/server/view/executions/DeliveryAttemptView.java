package io.cta.server.view.executions;

import io.cta.domain.DeliveryAttempt;
import java.time.Instant;
import java.util.List;

/** One try to bring a message to its receiver. */
public record DeliveryAttemptView(Instant at, Integer status, String text, long millis) {
  static List<DeliveryAttemptView> of(List<DeliveryAttempt> attempts) {
    return attempts.stream()
        .map(a -> new DeliveryAttemptView(a.at(), a.status(), a.text(), a.millis()))
        .toList();
  }
}
