package io.cta.broker.websocket;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cta.broker.DeliveryPostponed;
import io.cta.broker.DeliveryRejected;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;

/** How a delivery was settled, see {@link io.cta.broker.MessageBroker#subscribe}. */
public enum DeliveryOutcome {
  @JsonProperty("ack")
  ACK,
  @JsonProperty("reject")
  REJECT,
  @JsonProperty("retry")
  RETRY,
  @JsonProperty("postpone")
  POSTPONE;

  /** The outcome for the failure of a handler's future, which is null when it succeeded. */
  static DeliveryOutcome of(Throwable failure) {
    if (failure == null) {
      return ACK;
    }
    if (failure instanceof DeliveryRejected) {
      return REJECT;
    }
    return failure instanceof DeliveryPostponed ? POSTPONE : RETRY;
  }

  /** The failure that a handler's future has to end with for this outcome; null to succeed. */
  public Throwable failure(String text) {
    return switch (this) {
      case ACK -> null;
      case REJECT -> new DeliveryRejected(text);
      case POSTPONE -> new DeliveryPostponed(text);
      case RETRY -> new ServiceFailure(ErrorCode.INTERNAL, text);
    };
  }
}
