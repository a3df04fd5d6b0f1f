package io.cta.agent.intake;

import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.AttemptKey;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.outbox.AttemptOutbox;
import io.cta.agent.output.OutputSpool;
import io.cta.agent.run.AgentServices;
import io.cta.agent.run.AttemptContext;
import io.cta.agent.run.StagePosition;
import io.cta.agent.run.StopRequest;
import io.cta.agent.run.TaskRunner;
import io.cta.broker.MessageBroker;
import io.cta.message.RunningTask;
import io.cta.message.TaskRun;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts this agent answers for: accepted, run, told, forgotten. Event loop only. */
final class AttemptRegistry {
  private static final Logger log = LoggerFactory.getLogger(AttemptRegistry.class);

  private final Context context;
  private final AgentServices agentServices;
  private final MessageBroker broker;
  private final AgentJournal journal;
  private final long logLimit;
  private final TaskSlots slots;
  private final Runnable ended;
  private final Map<AttemptKey, ActiveAttempt> live = new HashMap<>();

  /**
   * @param ended called when an attempt is over or told
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
   * Takes an attempt; completes once it cannot be forgotten any more.
   *
   * @param fresh false when it must not begin before the server has said that it is still wanted
   */
  Future<Void> accept(TaskRun run, StopRequest stopRequest, boolean fresh) {
    ActiveAttempt one = new ActiveAttempt(AttemptKey.of(run), stopRequest);
    live.put(one.key, one);
    take(one);
    return agentServices
        .disk()
        .executeBlocking(() -> journalled(run, stopRequest), false)
        .map(
            attempt -> {
              begin(one, attempt);
              if (fresh || stopRequest.isAsked()) {
                run(one, StagePosition.START);
              } else {
                hold(one, StagePosition.START);
              }
              return (Void) null;
            })
        .onFailure(
            e -> {
              live.remove(one.key);
              release(one);
            });
  }

  /**
   * Goes on with an attempt of an earlier start, unless it was given up meanwhile: only tells of it
   * when it has ended.
   */
  void recovered(AttemptContext attempt, StagePosition from) {
    ActiveAttempt one = new ActiveAttempt(attempt.key(), attempt.stop());
    live.put(one.key, one);
    begin(one, attempt);
    if (from != null) {
      take(one);
      hold(one, from);
    }
  }

  void stop(AttemptKey key, StopRequest.Cause cause, String reason) {
    ActiveAttempt one = live.get(key);
    if (one != null) {
      end(one, cause, reason);
    }
  }

  /** The server says that it is still wanted. */
  void go(AttemptKey key) {
    ActiveAttempt one = live.get(key);
    if (one != null && one.confirmationRequest != null) {
      one.confirmationRequest.begin();
    }
  }

  /** Attempts of a task before this one are not the task's own any more. */
  void supersede(AttemptKey later) {
    for (ActiveAttempt one : live.values()) {
      if (one.key.taskId().equals(later.taskId()) && one.key.attempt() < later.attempt()) {
        end(one, StopRequest.Cause.STALE, "superseded");
      }
    }
  }

  void stopAll(StopRequest.Cause cause) {
    live.values().forEach(one -> end(one, cause, null));
  }

  Set<AttemptKey> keys() {
    return live.keySet();
  }

  boolean isDone(AttemptKey key) {
    return journal.isDone(key);
  }

  List<RunningTask> running() {
    List<RunningTask> out = new ArrayList<>();
    live.keySet().forEach(k -> out.add(new RunningTask(k.taskId(), k.attempt(), k.token())));
    return out;
  }

  /** Sends no more; what is not told stays in the journal. */
  void close() {
    live.values().stream().filter(one -> one.outbox != null).forEach(one -> one.outbox.close());
  }

  /** Makes chunks of output that has waited long enough. */
  void flush() {
    for (ActiveAttempt one : live.values()) {
      if (one.attempt != null) {
        agentServices.disk().executeBlocking(() -> flushed(one.attempt), false);
      }
    }
  }

  private static Void flushed(AttemptContext attempt) {
    attempt.spool().flush();
    return null;
  }

  private AttemptContext journalled(TaskRun run, StopRequest stopRequest) throws IOException {
    agentServices.room().require();
    TaskJournal task = journal.accept(run);
    return new AttemptContext(
        run, task, new OutputSpool(task.dir(), run, logLimit, 0), stopRequest);
  }

  private void begin(ActiveAttempt one, AttemptContext attempt) {
    one.attempt = attempt;
    one.outbox =
        new AttemptOutbox(
            context,
            broker,
            agentServices.disk(),
            attempt.journal(),
            attempt.spool(),
            agentServices.machineId(),
            () -> told(one));
    one.outbox.start();
  }

  private void hold(ActiveAttempt one, StagePosition from) {
    log.info("task waits for the server's word [task: {}]", one.key);
    TaskRun run = one.attempt.run();
    one.confirmationRequest =
        new ConfirmationRequest(
            context.owner(),
            broker,
            run,
            agentServices.machineId(),
            agentServices.time().wall(),
            () -> run(one, from));
    one.confirmationRequest.ask();
  }

  private static void end(ActiveAttempt one, StopRequest.Cause cause, String reason) {
    one.stopRequest.ask(cause, reason);
    if (one.confirmationRequest != null) {
      one.confirmationRequest.begin();
    }
  }

  private void run(ActiveAttempt one, StagePosition from) {
    log.info("task begins [task: {}, attempt: {}]", one.key.taskId(), one.key.attempt());
    TaskRunner runner =
        new TaskRunner(
            agentServices, one.attempt, from, () -> context.runOnContext(ignored -> release(one)));
    try {
      agentServices.threads().execute(() -> run(one, runner::run));
    } catch (RejectedExecutionException e) {
      log.error("no thread is free for an attempt [task: {}]", one.key);
      agentServices.disk().executeBlocking(() -> run(one, runner::refuse), false);
    }
  }

  /** Whatever goes wrong, the slot comes back. */
  private Void run(ActiveAttempt one, Runnable work) {
    try {
      work.run();
    } finally {
      context.runOnContext(ignored -> over(one));
    }
    return null;
  }

  private void over(ActiveAttempt one) {
    log.info("task is over [task: {}, attempt: {}]", one.key.taskId(), one.key.attempt());
    release(one);
    ended.run();
  }

  private void take(ActiveAttempt one) {
    one.hasSlot = true;
    slots.take();
  }

  private void release(ActiveAttempt one) {
    if (one.hasSlot) {
      one.hasSlot = false;
      slots.release();
    }
  }

  private void told(ActiveAttempt one) {
    agentServices
        .disk()
        .executeBlocking(() -> forget(one.attempt), false)
        .onFailure(e -> log.error("an attempt is not forgotten [task: {}]", one.key, e))
        .onComplete(
            done -> {
              live.remove(one.key);
              ended.run();
            });
  }

  private Void forget(AttemptContext attempt) throws IOException {
    attempt.spool().close();
    journal.forget(attempt.journal());
    return null;
  }
}
