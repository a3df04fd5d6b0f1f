package io.cta.agent.outbox;

import io.cta.agent.journal.AttemptEvent;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.OutputSpool;
import io.cta.broker.MessageBroker;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.LogWritten;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.StatusBatch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of one attempt to the server, in order, and its output beside them. What is not
 * confirmed is sent again. The end is sent last, once the output is confirmed or its grace period
 * is over.
 */
public final class AttemptOutbox {
  private static final Logger log = LoggerFactory.getLogger(AttemptOutbox.class);
  private static final Set<ErrorCode> PERMANENT =
      EnumSet.of(ErrorCode.INVALID, ErrorCode.TOO_LARGE, ErrorCode.FORBIDDEN);
  private static final int MAX_CHUNKS_AT_ONCE = 8;
  // the link itself sends again after a reconnect: this is for an answer that got lost, and what is
  // sent twice is stored once
  private static final long CONFIRM_TIMEOUT_SECONDS = 60;
  private static final long OUTPUT_GRACE_MILLIS = 5_000;

  private final Vertx vertx;
  private final MessageBroker broker;
  private final WorkerExecutor disk;
  private final TaskJournal journal;
  private final OutputSpool spool;
  private final EventMessages eventMessages;
  private final SendLoop events;
  private final SendLoop logs;
  private final Runnable onConfirmed;
  private EventMessages.EventMessage current;
  private boolean endDelayed;
  private boolean outputGraceOver;
  private boolean endConfirmed;
  private boolean finished;

  /**
   * @param onConfirmed called once, on the event loop, when the server has confirmed everything
   */
  public AttemptOutbox(
      Context context,
      MessageBroker broker,
      WorkerExecutor disk,
      TaskJournal journal,
      OutputSpool spool,
      String machineId,
      Runnable onConfirmed) {
    this.vertx = context.owner();
    this.broker = broker;
    this.disk = disk;
    this.journal = journal;
    this.spool = spool;
    this.onConfirmed = onConfirmed;
    this.eventMessages = new EventMessages(journal.run(), machineId);
    this.events = new SendLoop(context, journal.run().taskId() + " events", this::sendEvents);
    this.logs = new SendLoop(context, journal.run().taskId() + " output", this::sendOutput);
  }

  /** Starts to send what is there, and goes on as more comes. */
  public void start() {
    journal.onEvent(events::poke);
    spool.onChunk(logs::poke);
    events.poke();
    logs.poke();
  }

  /** Stops sending; the journal keeps what is left for the next start. */
  public void close() {
    events.close();
    logs.close();
  }

  private Future<Boolean> sendEvents() {
    if (current != null) {
      return deliver(current);
    }
    return disk.executeBlocking(() -> journal.unconfirmed(StatusBatch.MAX), false)
        .compose(this::sendEvents);
  }

  private Future<Boolean> sendEvents(List<AttemptEvent> oldest) {
    if (oldest.isEmpty()) {
      return nothingToSend();
    }
    if (oldest.get(0).kind() == AttemptEvent.Kind.ENDED && !outputGraceOver && !spool.drained()) {
      delayEnd();
      return Future.succeededFuture(false);
    }
    current = eventMessages.of(oldest);
    return deliver(current);
  }

  /**
   * No event is left to send: an agent that died right after the end was confirmed has finished.
   */
  private Future<Boolean> nothingToSend() {
    return disk.executeBlocking(journal::allConfirmed, false)
        .map(
            all -> {
              endConfirmed |= all;
              finishIfConfirmed();
              return false;
            });
  }

  private Future<Boolean> deliver(EventMessages.EventMessage eventMessage) {
    return publish(eventMessage.queue(), eventMessage.envelope().encode())
        .compose(ok -> disk.executeBlocking(() -> confirmed(eventMessage), false))
        .map(
            ok -> {
              current = null;
              endConfirmed |= eventMessage.last();
              finishIfConfirmed();
              return !eventMessage.last();
            });
  }

  private Void confirmed(EventMessages.EventMessage eventMessage) throws java.io.IOException {
    journal.confirm(eventMessage.events());
    log.debug(
        "confirmed [task: {}, attempt: {}, {}]",
        journal.run().taskId(),
        journal.run().attempt(),
        eventMessage.tells());
    return null;
  }

  private void delayEnd() {
    if (!endDelayed) {
      endDelayed = true;
      vertx.setTimer(
          OUTPUT_GRACE_MILLIS,
          ignored -> {
            outputGraceOver = true;
            events.poke();
          });
    }
  }

  private Future<Boolean> sendOutput() {
    return disk.executeBlocking(() -> spool.oldest(MAX_CHUNKS_AT_ONCE), false)
        .compose(this::sendOutput);
  }

  private Future<Boolean> sendOutput(List<LogWritten> oldest) {
    if (oldest.isEmpty()) {
      return Future.succeededFuture(false);
    }
    List<Future<Void>> sent =
        oldest.stream()
            .map(
                c ->
                    publish(
                        QueueNames.LOGS,
                        eventMessages.envelope(MessageTypes.LOG_WRITTEN, c).encode()))
            .toList();
    int below = oldest.get(oldest.size() - 1).seq() + 1;
    return Future.join(sent)
        .compose(ok -> disk.executeBlocking(() -> confirmedLogs(below), false))
        .map(
            ok -> {
              if (spool.drained()) {
                events.poke();
                finishIfConfirmed();
              }
              return true;
            });
  }

  private Void confirmedLogs(int below) throws java.io.IOException {
    spool.confirm(below);
    journal.confirmLogs(below);
    return null;
  }

  private Future<Void> publish(String queue, io.vertx.core.buffer.Buffer message) {
    return broker
        .publish(queue, message)
        .timeout(CONFIRM_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .recover(
            e -> dropIfPermanent(queue, e) ? Future.succeededFuture() : Future.failedFuture(e));
  }

  /** Drops a message that will never be accepted, so that those behind it are sent. */
  private boolean dropIfPermanent(String queue, Throwable e) {
    boolean permanent = e instanceof ServiceFailure known && PERMANENT.contains(known.code());
    if (permanent) {
      log.error(
          "message refused and dropped [task: {}, queue: {}, reason: {}]",
          journal.dir().getFileName(),
          queue,
          e.getMessage());
    }
    return permanent;
  }

  private void finishIfConfirmed() {
    if (endConfirmed && spool.drained() && !finished) {
      finished = true;
      close();
      onConfirmed.run();
    }
  }
}
