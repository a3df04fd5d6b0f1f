package io.cta.agent.intake;

import io.cta.agent.journal.Journal;
import io.cta.agent.journal.Key;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.outbox.Outbox;
import io.cta.agent.output.Spool;
import io.cta.agent.run.Attempt;
import io.cta.agent.run.Host;
import io.cta.agent.run.Position;
import io.cta.agent.run.Stop;
import io.cta.agent.run.TaskRunner;
import io.cta.broker.Broker;
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
final class Attempts {
  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  private final Context context;
  private final Host host;
  private final Broker broker;
  private final Journal journal;
  private final long logLimit;
  private final Slots slots;
  private final Runnable ended;
  private final Map<Key, Live> live = new HashMap<>();

  /**
   * @param ended called when an attempt is over or told
   */
  Attempts(
      Context context,
      Host host,
      Broker broker,
      Journal journal,
      long logLimit,
      Slots slots,
      Runnable ended) {
    this.context = context;
    this.host = host;
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
  Future<Void> accept(TaskRun run, Stop stop, boolean fresh) {
    Live one = new Live(Key.of(run), stop);
    live.put(one.key, one);
    take(one);
    return host.disk()
        .executeBlocking(() -> journalled(run, stop), false)
        .map(
            attempt -> {
              begin(one, attempt);
              if (fresh || stop.isAsked()) {
                run(one, Position.START);
              } else {
                hold(one, Position.START);
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
  void recovered(Attempt attempt, Position from) {
    Live one = new Live(attempt.key(), attempt.stop());
    live.put(one.key, one);
    begin(one, attempt);
    if (from != null) {
      take(one);
      hold(one, from);
    }
  }

  void stop(Key key, Stop.Why why, String reason) {
    Live one = live.get(key);
    if (one != null) {
      end(one, why, reason);
    }
  }

  /** The server says that it is still wanted. */
  void go(Key key) {
    Live one = live.get(key);
    if (one != null && one.held != null) {
      one.held.begin();
    }
  }

  /** Attempts of a task before this one are not the task's own any more. */
  void supersede(Key later) {
    for (Live one : live.values()) {
      if (one.key.taskId().equals(later.taskId()) && one.key.attempt() < later.attempt()) {
        end(one, Stop.Why.STALE, "superseded");
      }
    }
  }

  void stopAll(Stop.Why why) {
    live.values().forEach(one -> end(one, why, null));
  }

  Set<Key> keys() {
    return live.keySet();
  }

  boolean isDone(Key key) {
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
    for (Live one : live.values()) {
      if (one.attempt != null) {
        host.disk().executeBlocking(() -> flushed(one.attempt), false);
      }
    }
  }

  private static Void flushed(Attempt attempt) {
    attempt.spool().flush();
    return null;
  }

  private Attempt journalled(TaskRun run, Stop stop) throws IOException {
    host.room().require();
    TaskJournal task = journal.accept(run);
    return new Attempt(run, task, new Spool(task.dir(), run, logLimit, 0), stop);
  }

  private void begin(Live one, Attempt attempt) {
    one.attempt = attempt;
    one.outbox =
        new Outbox(
            context,
            broker,
            host.disk(),
            attempt.journal(),
            attempt.spool(),
            host.machineId(),
            () -> told(one));
    one.outbox.start();
  }

  private void hold(Live one, Position from) {
    log.info("task waits for the server's word [task: {}]", one.key);
    TaskRun run = one.attempt.run();
    one.held =
        new Held(
            context.owner(),
            broker,
            run,
            host.machineId(),
            host.time().wall(),
            () -> run(one, from));
    one.held.ask();
  }

  private static void end(Live one, Stop.Why why, String reason) {
    one.stop.ask(why, reason);
    if (one.held != null) {
      one.held.begin();
    }
  }

  private void run(Live one, Position from) {
    log.info("task begins [task: {}, attempt: {}]", one.key.taskId(), one.key.attempt());
    TaskRunner runner =
        new TaskRunner(
            host, one.attempt, from, () -> context.runOnContext(ignored -> release(one)));
    try {
      host.threads().execute(() -> run(one, runner::run));
    } catch (RejectedExecutionException e) {
      log.error("no thread is free for an attempt [task: {}]", one.key);
      host.disk().executeBlocking(() -> run(one, runner::refuse), false);
    }
  }

  /** Whatever goes wrong, the slot comes back. */
  private Void run(Live one, Runnable work) {
    try {
      work.run();
    } finally {
      context.runOnContext(ignored -> over(one));
    }
    return null;
  }

  private void over(Live one) {
    log.info("task is over [task: {}, attempt: {}]", one.key.taskId(), one.key.attempt());
    release(one);
    ended.run();
  }

  private void take(Live one) {
    one.hasSlot = true;
    slots.take();
  }

  private void release(Live one) {
    if (one.hasSlot) {
      one.hasSlot = false;
      slots.release();
    }
  }

  private void told(Live one) {
    host.disk()
        .executeBlocking(() -> forget(one.attempt), false)
        .onFailure(e -> log.error("an attempt is not forgotten [task: {}]", one.key, e))
        .onComplete(
            done -> {
              live.remove(one.key);
              ended.run();
            });
  }

  private Void forget(Attempt attempt) throws IOException {
    attempt.spool().close();
    journal.forget(attempt.journal());
    return null;
  }
}
