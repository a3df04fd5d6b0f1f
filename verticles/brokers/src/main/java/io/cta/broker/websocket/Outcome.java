package io.cta.broker.websocket;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cta.broker.Postponed;
import io.cta.broker.Rejected;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;

/** How a delivery was settled, in the words of {@link io.cta.broker.Broker#subscribe}. */
public enum Outcome {
  @JsonProperty("ack")
  ACK,
  @JsonProperty("reject")
  REJECT,
  @JsonProperty("retry")
  RETRY,
  @JsonProperty("postpone")
  POSTPONE;

  /** Of what a handler's future failed with; null when it succeeded. */
  static Outcome of(Throwable failure) {
    if (failure == null) {
      return ACK;
    }
    if (failure instanceof Rejected) {
      return REJECT;
    }
    return failure instanceof Postponed ? POSTPONE : RETRY;
  }

  /** What a handler's future has to fail with to say the same; null to succeed. */
  public Throwable failure(String text) {
    return switch (this) {
      case ACK -> null;
      case REJECT -> new Rejected(text);
      case POSTPONE -> new Postponed(text);
      case RETRY -> new ServiceFailure(ErrorCode.INTERNAL, text);
    };
  }
}
