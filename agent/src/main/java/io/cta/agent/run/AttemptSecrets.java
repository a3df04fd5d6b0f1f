package io.cta.agent.run;

import io.cta.agent.fetch.FetchFailed;
import io.cta.agent.fetch.InputSecrets;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.masking.SecretMasker;
import io.cta.message.TaskRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** The secrets of an attempt, by their names: in memory only, and only as long as it runs. */
public final class AttemptSecrets {
  static final AttemptSecrets NONE = new AttemptSecrets(Map.of());

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Map<String, String> values;
  private final SecretMasker masker;

  AttemptSecrets(Map<String, String> values) {
    this.values = Map.copyOf(values);
    this.masker = SecretMasker.of(values.values());
  }

  /**
   * Asks the server for the secrets that the attempt names. Blocks, until the attempt is to stop;
   * fails for good when the server refuses them.
   */
  static AttemptSecrets of(AttemptContext attempt, SecretOpener opener)
      throws FetchFailed, InterruptedException {
    if (!needsAny(attempt.run())) {
      return NONE;
    }
    CompletableFuture<Map<String, String>> asked =
        opener.open(attempt.key()).toCompletionStage().toCompletableFuture();
    StageTimeouts.either(asked, attempt.stop().asked(), LIMIT);
    try {
      return asked.isDone() ? new AttemptSecrets(asked.get()) : none(attempt);
    } catch (ExecutionException e) {
      String text = "secrets not received: " + e.getCause().getMessage();
      throw ServiceFailure.is(e.getCause(), ErrorCode.UNAVAILABLE)
          ? FetchFailed.retryable(text)
          : new FetchFailed(text);
    }
  }

  private static boolean needsAny(TaskRun run) {
    return run.secrets() != null && !run.secrets().isEmpty()
        || Stream.concat(run.inputs().stream(), run.outputs().stream())
            .anyMatch(one -> !one.secretNames().isEmpty());
  }

  private static AttemptSecrets none(AttemptContext attempt) throws FetchFailed {
    if (attempt.stop().isAsked()) {
      return NONE;
    }
    throw FetchFailed.retryable("no server has answered with the secrets of the task");
  }

  /** Hides them in whatever leaves the attempt. */
  SecretMasker masker() {
    return masker;
  }

  /** Those for inputs and outputs. */
  InputSecrets forInputs() {
    return new InputSecrets(values);
  }

  /** The variables in which tests see secrets. */
  Map<String, String> environment(TaskRun run) {
    Map<String, String> env = new LinkedHashMap<>();
    if (run.secrets() != null) {
      run.secrets().forEach((variable, name) -> env.put(variable, values.get(name)));
    }
    return env;
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "secrets " + values.keySet();
  }
}
