package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.AfterNotification;
import java.util.List;

/** Whom to tell of an execution's end. */
public record AfterNotificationView(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> email,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> channels) {
  /** Returns null for null. */
  static AfterNotificationView of(AfterNotification n) {
    return n == null ? null : new AfterNotificationView(n.email(), n.channels());
  }
}
