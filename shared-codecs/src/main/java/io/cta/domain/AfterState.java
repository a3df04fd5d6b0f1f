package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an {@link AfterHandler} of an execution stands. */
public enum AfterState {
  /** The execution is not over, or nobody has looked at its condition yet. */
  @JsonProperty("waiting")
  WAITING,

  /** Its condition holds, and its action is to be carried out. */
  @JsonProperty("due")
  DUE,

  /** Its messages are on their way. */
  @JsonProperty("sending")
  SENDING,

  @JsonProperty("done")
  DONE,

  /** Its condition does not hold. */
  @JsonProperty("skipped")
  SKIPPED,

  @JsonProperty("failed")
  FAILED,

  /** It would have started one execution too many in a chain. */
  @JsonProperty("loopCut")
  LOOP_CUT;

  /** True while the action must still be decided on or carried out. */
  public boolean open() {
    return this == WAITING || this == DUE;
  }
}
