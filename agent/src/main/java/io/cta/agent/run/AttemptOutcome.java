package io.cta.agent.run;

import io.cta.domain.State;
import io.cta.masking.SecretMasker;
import io.cta.message.TaskEnded;
import io.cta.message.TaskEndedBuilder;
import io.cta.message.TaskRun;
import io.cta.text.TextCut;
import java.util.List;

/** How an attempt ends. */
public record AttemptOutcome(State state, boolean infra, String reason, String message) {
  private static final int MAX_MESSAGE_CHARS = 2_000;

  static AttemptOutcome finished() {
    return new AttemptOutcome(State.FINISHED, false, null, null);
  }

  /** The infrastructure broke, not the test. */
  public static AttemptOutcome broken(String reason, String message) {
    return new AttemptOutcome(State.FINISHED, true, reason, message);
  }

  /** The task cannot be done, here or on another machine. */
  static AttemptOutcome wrong(String reason, String message) {
    return new AttemptOutcome(State.FINISHED, false, reason, message);
  }

  static AttemptOutcome of(StopRequest.Details details) {
    return switch (details.why()) {
      case CANCELLED, STALE -> new AttemptOutcome(State.CANCELLED, false, details.reason(), null);
      case TIMEOUT -> new AttemptOutcome(State.TIMEOUT, false, details.reason(), null);
      case LEAVING -> broken("agentLeft", "the agent was told to leave at once");
    };
  }

  /** The same with no secret in its text. */
  AttemptOutcome masked(SecretMasker secrets) {
    return new AttemptOutcome(state, infra, reason, secrets.mask(message));
  }

  public TaskEnded of(
      TaskRun run, String machineId, int statuses, Long durationMs, List<String> warnings) {
    return TaskEndedBuilder.builder()
        .executionId(run.executionId())
        .taskId(run.taskId())
        .attempt(run.attempt())
        .token(run.token())
        .machineId(machineId)
        .state(state)
        .statusCount(statuses)
        .infra(infra)
        .reason(reason)
        .message(TextCut.shortened(message, MAX_MESSAGE_CHARS))
        .durationMs(durationMs)
        .warnings(warnings)
        .build();
  }
}
