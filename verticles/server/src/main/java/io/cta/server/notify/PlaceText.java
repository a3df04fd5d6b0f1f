package io.cta.server.notify;

import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import java.util.List;

/** Says what became of results that are pushed, or of a status that is reported. Pure. */
final class PlaceText {
  private PlaceText() {}

  static boolean isFor(Delivery row) {
    return row.pushed() || row.line() != null;
  }

  static String of(Delivery row) {
    String verb = row.pushed() ? "pushed" : "reported";
    String place = row.channelName();
    String said = said(row);
    return switch (row.state()) {
      case DELIVERED -> row.pushed() ? "pushed " + said : "reported to " + place;
      case FAILED -> "not " + verb + ": " + said + " (" + place + ")";
      case WAITING ->
          row.attempts().isEmpty()
              ? "is to be " + verb + " to " + place
              : "not " + verb + " yet: " + said + " (" + place + ")";
    };
  }

  private static String said(Delivery row) {
    List<DeliveryAttempt> made = row.attempts();
    if (made.isEmpty()) {
      return "";
    }
    DeliveryAttempt last = made.get(made.size() - 1);
    boolean untold = row.line() != null && last.status() != null;
    return (untold ? "HTTP " + last.status() + " " : "") + last.text();
  }
}
