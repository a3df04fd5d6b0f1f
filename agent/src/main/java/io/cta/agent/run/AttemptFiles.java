package io.cta.agent.run;

import io.cta.agent.artifact.AttemptWarnings;
import io.cta.agent.journal.StageProgress;
import io.cta.agent.journal.TaskJournal;
import io.cta.time.MonotonicClock;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes what tests left behind to the suite's outputs, and sends it to the server, before the
 * server learns of the end. What is to stop has only a moment for it, because the server waits for
 * the end. Blocks.
 */
record AttemptFiles(
    AgentServices agentServices,
    AttemptContext attempt,
    AttemptSecrets secrets,
    AttemptWarnings warnings) {
  private static final Logger log = LoggerFactory.getLogger(AttemptFiles.class);

  /** The server waits ten seconds for the end of what it has told to stop. */
  private static final Duration STOPPED_UPLOAD = Duration.ofSeconds(5);

  private static final Duration STOPPED_PUSH = Duration.ofSeconds(1);

  void send(AttemptOutcome attemptOutcome) {
    TaskJournal journal = attempt.journal();
    boolean pushes = !attempt.run().outputs().isEmpty();
    try {
      if ((pushes || !journal.staged().isEmpty())
          && attemptOutcome.equals(AttemptOutcome.finished())) {
        // an agent that is killed from here on has nothing to run again
        journal.step(StageProgress.ended(attempt.run().tests().size(), 0), true);
      }
    } catch (IOException e) {
      log.warn("the end of the tests is not noted [task: {}]", attempt.key(), e);
    }
    long begun = agentServices.time().nanos();
    if (pushes && journal.hasStarted()) {
      // at most half of the time, since the rest is for the server
      Duration limit =
          limit(STOPPED_PUSH, agentServices.artifactLimits().uploadTime().dividedBy(2));
      if (!limit.isZero()) {
        push(attemptOutcome, limit);
      }
    }
    Duration taken = Duration.ofNanos(agentServices.time().nanos() - begun);
    try {
      Duration limit =
          limit(STOPPED_UPLOAD, agentServices.artifactLimits().uploadTime().minus(taken));
      agentServices.uploader().send(journal, warnings(), limit, stop()::isDone);
    } catch (IOException | RuntimeException e) {
      log.warn("not all artifacts are sent [task: {}]", attempt.key(), e);
    }
  }

  /** How long sending may take; nothing for an attempt that is not the task's any more. */
  private Duration limit(Duration stopped, Duration usual) {
    if (!attempt.stop().isAsked()) {
      return usual;
    }
    return switch (attempt.stop().details().why()) {
      case STALE, LEAVING -> Duration.ZERO;
      case CANCELLED, TIMEOUT -> stopped;
    };
  }

  /** Completes when the attempt is to stop that was not when this was asked for. */
  private CompletableFuture<?> stop() {
    return attempt.stop().isAsked() ? new CompletableFuture<>() : attempt.stop().asked();
  }

  private void push(AttemptOutcome attemptOutcome, Duration limit) {
    Path done = attempt.journal().dir().resolve("pushed");
    if (Files.exists(done)) {
      return; // before the agent was killed
    }
    AttemptOutcome end = attemptOutcome.masked(secrets.masker());
    JsonObject said =
        new JsonObject()
            .put("machine", agentServices.machineName())
            .put("state", end.state().name().toLowerCase(Locale.ROOT))
            .put("reason", end.reason())
            .put("message", end.message());
    CompletableFuture<?> stop = stop();
    try {
      agentServices
          .pusher()
          .push(
              attempt.journal(),
              secrets.forInputs(),
              said,
              warnings,
              limit,
              stop::isDone,
              commands(limit, stop));
      Files.createFile(done);
    } catch (IOException | RuntimeException e) {
      log.warn("outputs are not pushed [task: {}]", attempt.key(), e);
      warnings.add(null, "outputs not pushed: " + e);
    }
  }

  /** Runs programs that end with the time for pushing, or at the stop. */
  private AttemptCommandRunner commands(Duration limit, CompletableFuture<?> stop) {
    MonotonicClock ticker = agentServices.time().ticker();
    long begun = ticker.nanos();
    return new AttemptCommandRunner(
        attempt,
        Map.of(),
        agentServices.threads(),
        ticker,
        secrets.masker(),
        stop,
        () -> limit.minusNanos(ticker.nanos() - begun));
  }
}
