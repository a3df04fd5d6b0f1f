package io.cta.agent.intake;

import io.cta.broker.MessageBroker;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.TaskRun;
import io.cta.message.TaskStartRequested;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;

/**
 * Asks the server whether a waiting attempt is still wanted, again and again until it answers, and
 * then starts the attempt. Event loop only.
 */
final class ConfirmationRequest {
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Vertx vertx;
  private final MessageBroker broker;
  private final TaskRun run;
  private final String machineId;
  private final Clock clock;
  private final Runnable start;
  private boolean started;

  ConfirmationRequest(
      Vertx vertx,
      MessageBroker broker,
      TaskRun run,
      String machineId,
      Clock clock,
      Runnable start) {
    this.vertx = vertx;
    this.broker = broker;
    this.run = run;
    this.machineId = machineId;
    this.clock = clock;
    this.start = start;
  }

  void ask() {
    ask(FIRST_PAUSE_MILLIS);
  }

  /**
   * Starts the attempt; one that is cancelled starts only to report its end. A second call does
   * nothing.
   */
  void begin() {
    if (!started) {
      started = true;
      start.run();
    }
  }

  private void ask(long pauseMillis) {
    if (!started) {
      broker
          .publish(QueueNames.STATES, question())
          .onComplete(
              sent ->
                  vertx.setTimer(
                      pauseMillis, id -> ask(Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis))));
    }
  }

  private Buffer question() {
    TaskStartRequested asked =
        new TaskStartRequested(
            run.executionId(),
            run.taskId(),
            run.attempt(),
            run.token(),
            machineId,
            clock.instant());
    return MessageEnvelope.of(MessageTypes.TASK_ASKED, MessageSource.ofAgent(machineId), asked)
        .encode();
  }
}
