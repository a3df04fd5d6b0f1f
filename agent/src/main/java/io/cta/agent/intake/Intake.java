package io.cta.agent.intake;

import io.cta.agent.journal.Journal;
import io.cta.agent.journal.Key;
import io.cta.agent.run.Attempt;
import io.cta.agent.run.Host;
import io.cta.agent.run.Position;
import io.cta.agent.run.Stop;
import io.cta.broker.Broker;
import io.cta.broker.Postponed;
import io.cta.broker.QueueSpec;
import io.cta.broker.Rejected;
import io.cta.disk.NoSpace;
import io.cta.error.ServiceFailure;
import io.cta.message.AttemptReasons;
import io.cta.message.Envelope;
import io.cta.message.GroupInvite;
import io.cta.message.MessageSource;
import io.cta.message.Queues;
import io.cta.message.RunningTask;
import io.cta.message.TaskCancel;
import io.cta.message.TaskEvent;
import io.cta.message.TaskGo;
import io.cta.message.TaskRun;
import io.cta.message.Types;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the server's commands from the machine's queue and the group queues. Event loop only. */
public final class Intake {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final int PREFETCH = 32;
  private static final int CANCELS = 1_000;
  private static final long RETRY_MILLIS = 1_000;

  private final Context context;
  private final Host host;
  private final Broker broker;
  private final Slots slots;
  private final Attempts attempts;
  private final Groups groups;
  private final Recent<Key> cancelled = new Recent<>(CANCELS);
  private final Runnable renew;
  private boolean leaving;

  /**
   * @param changed called when an attempt is over or told
   * @param renew called when the server wants the agent to have another token
   */
  public Intake(
      Context context,
      Host host,
      Broker broker,
      Journal journal,
      int slots,
      long logLimit,
      Runnable changed,
      Runnable renew) {
    this.renew = renew;
    this.context = context;
    this.host = host;
    this.broker = broker;
    this.slots = new Slots(slots, this::slotsChanged);
    this.attempts = new Attempts(context, host, broker, journal, logLimit, this.slots, changed);
    this.groups =
        new Groups(
            context.owner(),
            broker,
            m -> take(m, true),
            () -> !leaving && this.slots.free() > 0 && host.room().trouble() == null);
  }

  /** Begins to listen to the machine's queue, and tries until it can. */
  public void start() {
    String queue = Queues.machine(host.machineId());
    broker
        .declare(queue, QueueSpec.commands())
        // who may not make queues waits for the server to do it
        .otherwiseEmpty()
        .compose(v -> broker.subscribe(queue, PREFETCH, message -> take(message, false)))
        .onFailure(
            e -> {
              log.warn("not listening yet [queue: {}, reason: {}]", queue, e.getMessage());
              context.owner().setTimer(RETRY_MILLIS, ignored -> start());
            });
  }

  /** A subscription has ended without our doing. */
  public void lost(String queue) {
    if (queue.equals(Queues.machine(host.machineId()))) {
      context.owner().setTimer(RETRY_MILLIS, ignored -> start());
    } else {
      groups.lost(queue);
    }
  }

  /** Goes on with an attempt of an earlier start; {@code from} is null when it has ended. */
  public void recovered(Attempt attempt, Position from) {
    attempts.recovered(attempt, from);
  }

  /** Takes nothing any more. */
  public void leave() {
    leaving = true;
    groups.leaveAll();
  }

  /** Ends all attempts at once. */
  public void stopAll() {
    attempts.stopAll(Stop.Why.LEAVING);
  }

  public boolean leaving() {
    return leaving;
  }

  /** Whether nothing runs. */
  public boolean idle() {
    return slots.idle();
  }

  /** Whether the server knows everything of every attempt. */
  public boolean told() {
    return attempts.keys().isEmpty();
  }

  public List<RunningTask> running() {
    return attempts.running();
  }

  public void flushOutput() {
    attempts.flush();
  }

  public void close() {
    attempts.close();
  }

  /** The disks have room again, or have none any more: by {@link Host#room()}. */
  public void roomChanged() {
    groups.adjust();
  }

  private void slotsChanged() {
    groups.adjust();
  }

  private Future<Void> take(Buffer message, boolean group) {
    try {
      Envelope envelope = Envelope.decode(message);
      return switch (envelope.type()) {
        case Types.TASK_RUN ->
            run(
                RunCheck.checked(envelope.payloadAs(TaskRun.class)),
                group,
                Freshness.ofCommand(envelope.time(), host.time().now()));
        case Types.TASK_GO -> go(envelope.payloadAs(TaskGo.class));
        case Types.TASK_CANCEL -> cancel(envelope.payloadAs(TaskCancel.class));
        case Types.GROUP_JOIN -> join(envelope.payloadAs(GroupInvite.class));
        case Types.GROUP_LEAVE -> leave(envelope.payloadAs(GroupInvite.class));
        case Types.SECRET_RENEW -> {
          renew.run();
          yield Future.succeededFuture();
        }
        default -> Future.failedFuture(new Rejected("unknown type " + envelope.type()));
      };
    } catch (ServiceFailure e) {
      log.warn("command refused [reason: {}]", e.getMessage());
      return Future.failedFuture(new Rejected(e.getMessage()));
    }
  }

  /** An answer that has lain is none: the question is asked again. */
  private Future<Void> go(TaskGo go) {
    if (Freshness.ofAnswer(go.askedAt(), host.time().now())) {
      attempts.go(new Key(go.taskId(), go.attempt(), go.token()));
    }
    return Future.succeededFuture();
  }

  private Future<Void> run(TaskRun run, boolean group, boolean fresh) {
    Key key = Key.of(run);
    Admission admission =
        Admission.of(
            key,
            attempts.keys(),
            attempts::isDone,
            slots.free(),
            leaving,
            host.room().trouble() == null);
    return switch (admission) {
      case KNOWN, OUTDATED -> Future.succeededFuture();
      // sent again by the server, if it is the right one
      case RIVAL -> group ? Future.failedFuture(new Postponed("busy")) : Future.succeededFuture();
      case NO_SLOT -> turnDown(run, group, "noSlot");
      case NO_ROOM -> turnDown(run, group, AttemptReasons.DISK_LOW);
      case LEAVING -> turnDown(run, group, "leaving");
      case ACCEPT -> accept(run, group, key, fresh);
    };
  }

  /** A group's task goes back to where another machine takes it; any other back to the server. */
  private Future<Void> turnDown(TaskRun run, boolean group, String reason) {
    return group ? Future.failedFuture(new Postponed(reason)) : decline(run, reason);
  }

  private Future<Void> accept(TaskRun run, boolean group, Key key, boolean fresh) {
    attempts.supersede(key);
    Stop stop = new Stop();
    if (cancelled.contains(key)) {
      stop.ask(Stop.Why.CANCELLED, null);
    }
    return attempts
        .accept(run, stop, fresh)
        .recover(
            e -> {
              if (NoSpace.is(e)) {
                groups.adjust();
                return turnDown(run, group, AttemptReasons.DISK_LOW);
              }
              log.error("an attempt cannot be taken [task: {}]", key, e);
              return decline(run, "journalFailed");
            });
  }

  /** Settles the command once the server knows that it was not kept. */
  private Future<Void> decline(TaskRun run, String reason) {
    log.info("task declined [task: {}, reason: {}]", run.taskId(), reason);
    TaskEvent event =
        new TaskEvent(
            run.executionId(), run.taskId(), run.attempt(), run.token(), host.machineId(), reason);
    return broker.publish(
        Queues.STATES,
        Envelope.of(Types.TASK_DECLINED, MessageSource.ofAgent(host.machineId()), event).encode());
  }

  private Future<Void> cancel(TaskCancel cancel) {
    Key key = new Key(cancel.taskId(), cancel.attempt(), cancel.token());
    Stop.Why why =
        cancel.stale() ? Stop.Why.STALE : cancel.timeout() ? Stop.Why.TIMEOUT : Stop.Why.CANCELLED;
    if (!attempts.keys().contains(key)) {
      // it may have overtaken the command to run: another queue carried that
      cancelled.add(key);
    }
    attempts.stop(key, why, cancel.reason());
    return Future.succeededFuture();
  }

  private Future<Void> join(GroupInvite invite) {
    if (invite.queue() == null || Queues.executionOf(invite.queue()) == null) {
      return Future.failedFuture(new Rejected("not a group's queue: " + invite.queue()));
    }
    if (!leaving) {
      groups.join(invite.queue());
    }
    return Future.succeededFuture();
  }

  private Future<Void> leave(GroupInvite invite) {
    if (invite.queue() != null) {
      groups.leave(invite.queue());
    }
    return Future.succeededFuture();
  }
}
