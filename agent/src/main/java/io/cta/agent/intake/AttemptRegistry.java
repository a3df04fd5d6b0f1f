package io.cta.agent.intake;

import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.outbox.AttemptOutbox;
import io.cta.agent.output.OutputSpool;
import io.cta.agent.run.AgentServices;
import io.cta.agent.run.AttemptContext;
import io.cta.agent.run.StagePosition;
import io.cta.agent.run.StopRequest;
import io.cta.agent.run.TaskRunner;
import io.cta.broker.MessageBroker;
import io.cta.domain.AttemptRef;
import io.cta.message.TaskRun;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active attempts: accepts them, runs them, sends what they report, and forgets them once the
 * server has confirmed all of it. Event loop only.
 */
final class AttemptRegistry {
  private static final Logger log = LoggerFactory.getLogger(AttemptRegistry.class);

  private final Context context;
  private final AgentServices agentServices;
  private final MessageBroker broker;
  private final AgentJournal journal;
  private final long logLimit;
  private final TaskSlots slots;
  private final Runnable ended;
  private final Map<AttemptRef, ActiveAttempt> live = new HashMap<>();

  /**
   * @param ended called when an attempt is over, and when the server has confirmed all of it
   */
  AttemptRegistry(
      Context context,
      AgentServices agentServices,
      MessageBroker broker,
      AgentJournal journal,
      long logLimit,
      TaskSlots slots,
      Runnable ended) {
    this.context = context;
    this.agentServices = agentServices;
    this.broker = broker;
    this.journal = journal;
    this.logLimit = logLimit;
    this.slots = slots;
    this.ended = ended;
  }

  /**
   * Accepts an attempt; completes once it is in the journal, on disk.
   *
   * @param fresh false when it must not begin before the server has confirmed that it is wanted
   */
  Future<Void> accept(TaskRun run, StopRequest stopRequest, boolean fresh) {
    ActiveAttempt active = new ActiveAttempt(run.ref(), stopRequest);
    live.put(active.key, active);
    takeSlot(active);
    return agentServices
        .disk()
        .executeBlocking(() -> writeToJournal(run, stopRequest), false)
        .map(
            attempt -> {
              startOutbox(active, attempt);
              if (fresh || stopRequest.isAsked()) {
                run(active, StagePosition.START);
              } else {
                awaitConfirmation(active, StagePosition.START);
              }
              return (Void) null;
            })
        .onFailure(
            e -> {
              live.remove(active.key);
              releaseSlot(active);
            });
  }

  /**
   * Takes over an attempt of an earlier process. One that has not ended goes on once the server has
   * confirmed that it is wanted; of one that has ended only the events are sent.
   *
   * @param from where it goes on; null when it has ended
   */
  void recovered(AttemptContext attempt, StagePosition from) {
    ActiveAttempt active = new ActiveAttempt(attempt.key(), attempt.stop());
    live.put(active.key, active);
    startOutbox(active, attempt);
    if (from != null) {
      takeSlot(active);
      awaitConfirmation(active, from);
    }
  }

  void stop(AttemptRef key, StopRequest.Cause cause, String reason) {
    ActiveAttempt active = live.get(key);
    if (active != null) {
      requestStop(active, cause, reason);
    }
  }

  /** The server has confirmed that the attempt is wanted. */
  void confirmStart(AttemptRef key) {
    ActiveAttempt active = live.get(key);
    if (active != null && active.confirmationRequest != null) {
      active.confirmationRequest.begin();
    }
  }

  /** Stops the earlier attempts of the same task: this one replaces them. */
  void supersede(AttemptRef later) {
    for (ActiveAttempt active : live.values()) {
      if (active.key.taskId().equals(later.taskId()) && active.key.attempt() < later.attempt()) {
        requestStop(active, StopRequest.Cause.STALE, "superseded");
      }
    }
  }

  void stopAll(StopRequest.Cause cause) {
    live.values().forEach(active -> requestStop(active, cause, null));
  }

  Set<AttemptRef> keys() {
    return live.keySet();
  }

  boolean isDone(AttemptRef key) {
    return journal.isDone(key);
  }

  List<AttemptRef> running() {
    return List.copyOf(live.keySet());
  }

  /** Stops sending; what is not confirmed stays in the journal. */
  void close() {
    live.values().stream()
        .filter(active -> active.outbox != null)
        .forEach(active -> active.outbox.close());
  }

  /** Makes chunks of the output that waits. */
  void flush() {
    for (ActiveAttempt active : live.values()) {
      if (active.attempt != null) {
        agentServices.disk().executeBlocking(() -> flushed(active.attempt), false);
      }
    }
  }

  private static Void flushed(AttemptContext attempt) {
    attempt.spool().flush();
    return null;
  }

  private AttemptContext writeToJournal(TaskRun run, StopRequest stopRequest) throws IOException {
    agentServices.room().require();
    TaskJournal task = journal.accept(run);
    return new AttemptContext(
        run, task, new OutputSpool(task.dir(), run, logLimit, 0), stopRequest);
  }

  private void startOutbox(ActiveAttempt active, AttemptContext attempt) {
    active.attempt = attempt;
    active.outbox =
        new AttemptOutbox(
            context,
            broker,
            agentServices.disk(),
            attempt.journal(),
            attempt.spool(),
            agentServices.machineId(),
            () -> confirmed(active));
    active.outbox.start();
  }

  private void awaitConfirmation(ActiveAttempt active, StagePosition from) {
    log.info("task waits for the server's confirmation [task: {}]", active.key);
    TaskRun run = active.attempt.run();
    active.confirmationRequest =
        new ConfirmationRequest(
            context.owner(),
            broker,
            run,
            agentServices.machineId(),
            agentServices.time().wall(),
            () -> run(active, from));
    active.confirmationRequest.ask();
  }

  private static void requestStop(ActiveAttempt active, StopRequest.Cause cause, String reason) {
    active.stopRequest.ask(cause, reason);
    if (active.confirmationRequest != null) {
      active.confirmationRequest.begin();
    }
  }

  private void run(ActiveAttempt active, StagePosition from) {
    log.info("task begins [task: {}, attempt: {}]", active.key.taskId(), active.key.attempt());
    TaskRunner runner =
        new TaskRunner(
            agentServices,
            active.attempt,
            from,
            () -> context.runOnContext(ignored -> releaseSlot(active)));
    try {
      agentServices.threads().execute(() -> run(active, runner::run));
    } catch (RejectedExecutionException e) {
      log.error("no thread is free for an attempt [task: {}]", active.key);
      agentServices.disk().executeBlocking(() -> run(active, runner::refuse), false);
    }
  }

  /** Runs the attempt; releases its slot whatever goes wrong. */
  private Void run(ActiveAttempt active, Runnable work) {
    try {
      work.run();
    } finally {
      context.runOnContext(ignored -> over(active));
    }
    return null;
  }

  private void over(ActiveAttempt active) {
    log.info("task is over [task: {}, attempt: {}]", active.key.taskId(), active.key.attempt());
    releaseSlot(active);
    ended.run();
  }

  private void takeSlot(ActiveAttempt active) {
    active.hasSlot = true;
    slots.take();
  }

  private void releaseSlot(ActiveAttempt active) {
    if (active.hasSlot) {
      active.hasSlot = false;
      slots.release();
    }
  }

  private void confirmed(ActiveAttempt active) {
    agentServices
        .disk()
        .executeBlocking(() -> forget(active.attempt), false)
        .onFailure(e -> log.error("an attempt is not forgotten [task: {}]", active.key, e))
        .onComplete(
            done -> {
              live.remove(active.key);
              ended.run();
            });
  }

  private Void forget(AttemptContext attempt) throws IOException {
    attempt.spool().close();
    journal.forget(attempt.journal());
    return null;
  }
}
