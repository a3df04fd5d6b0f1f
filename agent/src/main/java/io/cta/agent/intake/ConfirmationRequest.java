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
 * An attempt that does not begin before the server has said that it is still wanted, and is asked
 * for that until it answers. Event loop only.
 */
final class ConfirmationRequest {
  private static final long FIRST_PAUSE = 1_000;
  private static final long LONGEST_PAUSE = 10_000;

  private final Vertx vertx;
  private final MessageBroker broker;
  private final TaskRun run;
  private final String machineId;
  private final Clock clock;
  private final Runnable start;
  private boolean begun;

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
    ask(FIRST_PAUSE);
  }

  /** It is wanted, or is to end: then it begins for nothing but to say so. Again is harmless. */
  void begin() {
    if (!begun) {
      begun = true;
      start.run();
    }
  }

  private void ask(long pause) {
    if (!begun) {
      broker
          .publish(QueueNames.STATES, question())
          .onComplete(sent -> vertx.setTimer(pause, id -> ask(Math.min(LONGEST_PAUSE, 2 * pause))));
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
