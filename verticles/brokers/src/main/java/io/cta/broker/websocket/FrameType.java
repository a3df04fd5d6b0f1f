package io.cta.broker.websocket;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a frame says; see the package's protocol. */
public enum FrameType {
  @JsonProperty("publish")
  PUBLISH,
  @JsonProperty("confirm")
  CONFIRM,
  @JsonProperty("refuse")
  REFUSE,
  @JsonProperty("subscribe")
  SUBSCRIBE,
  @JsonProperty("deliver")
  DELIVER,
  @JsonProperty("settle")
  SETTLE,
  @JsonProperty("pause")
  PAUSE,
  @JsonProperty("resume")
  RESUME,
  @JsonProperty("unsubscribe")
  UNSUBSCRIBE,
  @JsonProperty("ended")
  ENDED,
  @JsonProperty("error")
  ERROR
}
