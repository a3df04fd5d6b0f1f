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
 * Tells the server of one attempt: its events in order, its output beside them. What is not
 * confirmed is sent again. The end is told last, once the output is there or has had its time.
 */
public final class AttemptOutbox {
  private static final Logger log = LoggerFactory.getLogger(AttemptOutbox.class);
  private static final Set<ErrorCode> HOPELESS =
      EnumSet.of(ErrorCode.INVALID, ErrorCode.TOO_LARGE, ErrorCode.FORBIDDEN);
  private static final int WINDOW = 8;
  // the link sends again by itself after a reconnect: this is for an answer that got lost
  private static final long CONFIRM_SECONDS = 300;
  private static final long OUTPUT_GRACE_MILLIS = 5_000;

  private final Vertx vertx;
  private final MessageBroker broker;
  private final WorkerExecutor disk;
  private final TaskJournal journal;
  private final OutputSpool spool;
  private final EventMessages eventMessages;
  private final SendLoop events;
  private final SendLoop logs;
  private final Runnable told;
  private EventMessages.EventMessage current;
  private boolean endHeld;
  private boolean outputHadItsTime;
  private boolean endTold;
  private boolean finished;

  /**
   * @param told called once, on the event loop, when the server has confirmed everything
   */
  public AttemptOutbox(
      Context context,
      MessageBroker broker,
      WorkerExecutor disk,
      TaskJournal journal,
      OutputSpool spool,
      String machineId,
      Runnable told) {
    this.vertx = context.owner();
    this.broker = broker;
    this.disk = disk;
    this.journal = journal;
    this.spool = spool;
    this.told = told;
    this.eventMessages = new EventMessages(journal.run(), machineId);
    this.events = new SendLoop(context, journal.run().taskId() + " events", this::tell);
    this.logs = new SendLoop(context, journal.run().taskId() + " output", this::send);
  }

  /** Begins with what is there, and goes on as more comes. */
  public void start() {
    journal.onEvent(events::poke);
    spool.onChunk(logs::poke);
    events.poke();
    logs.poke();
  }

  /** Sends no more; the journal keeps what is left for the next start. */
  public void close() {
    events.close();
    logs.close();
  }

  private Future<Boolean> tell() {
    if (current != null) {
      return deliver(current);
    }
    return disk.executeBlocking(() -> journal.unconfirmed(StatusBatch.MAX), false)
        .compose(this::tell);
  }

  private Future<Boolean> tell(List<AttemptEvent> oldest) {
    if (oldest.isEmpty()) {
      return toldBefore();
    }
    if (oldest.get(0).kind() == AttemptEvent.Kind.ENDED && !outputHadItsTime && !spool.drained()) {
      holdTheEnd();
      return Future.succeededFuture(false);
    }
    current = eventMessages.of(oldest);
    return deliver(current);
  }

  /** An agent that died right after the end was confirmed has left nothing more to tell. */
  private Future<Boolean> toldBefore() {
    return disk.executeBlocking(journal::told, false)
        .map(
            all -> {
              endTold |= all;
              finishIfTold();
              return false;
            });
  }

  private Future<Boolean> deliver(EventMessages.EventMessage eventMessage) {
    return publish(eventMessage.queue(), eventMessage.envelope().encode())
        .compose(ok -> disk.executeBlocking(() -> confirmed(eventMessage), false))
        .map(
            ok -> {
              current = null;
              endTold |= eventMessage.last();
              finishIfTold();
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

  private void holdTheEnd() {
    if (!endHeld) {
      endHeld = true;
      vertx.setTimer(
          OUTPUT_GRACE_MILLIS,
          ignored -> {
            outputHadItsTime = true;
            events.poke();
          });
    }
  }

  private Future<Boolean> send() {
    return disk.executeBlocking(() -> spool.oldest(WINDOW), false).compose(this::send);
  }

  private Future<Boolean> send(List<LogWritten> oldest) {
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
                finishIfTold();
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
        .timeout(CONFIRM_SECONDS, TimeUnit.SECONDS)
        .recover(e -> hopeless(queue, e) ? Future.succeededFuture() : Future.failedFuture(e));
  }

  /** A message that is refused for what it is must not keep those behind it from being sent. */
  private boolean hopeless(String queue, Throwable e) {
    boolean hopeless = e instanceof ServiceFailure known && HOPELESS.contains(known.code());
    if (hopeless) {
      log.error(
          "message refused and dropped [task: {}, queue: {}, reason: {}]",
          journal.dir().getFileName(),
          queue,
          e.getMessage());
    }
    return hopeless;
  }

  private void finishIfTold() {
    if (endTold && spool.drained() && !finished) {
      finished = true;
      close();
      told.run();
    }
  }
}
