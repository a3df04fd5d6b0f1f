package io.cta.server.notify;

import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import java.util.List;

/** Says how far a push is, for people. Pure. */
final class PushText {
  private PushText() {}

  static String of(Delivery row) {
    List<DeliveryAttempt> made = row.attempts();
    String said = made.isEmpty() ? "" : made.get(made.size() - 1).text();
    return switch (row.state()) {
      case DELIVERED -> "pushed " + said;
      case FAILED -> "not pushed: " + said + " (" + row.channelName() + ")";
      case WAITING ->
          made.isEmpty()
              ? "is to be pushed to " + row.channelName()
              : "not pushed yet: " + said + " (" + row.channelName() + ")";
    };
  }
}
