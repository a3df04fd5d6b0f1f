package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Whom to tell of an execution's end.
 *
 * @param email addresses
 * @param channels ids or names of channels
 */
public record AfterNotification(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> email,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> channels) {
  public AfterNotification {
    email = FieldChecks.list(email);
    channels = FieldChecks.list(channels);
  }
}
