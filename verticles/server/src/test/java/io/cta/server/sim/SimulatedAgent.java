package io.cta.server.sim;

import io.cta.broker.DeliveryPostponed;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSubscription;
import io.cta.domain.AttemptRef;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.StatusSource;
import io.cta.domain.Test;
import io.cta.message.GroupQueueCommand;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import io.cta.message.StatusReportBuilder;
import io.cta.message.TaskCancel;
import io.cta.message.TaskEnded;
import io.cta.message.TaskEndedBuilder;
import io.cta.message.TaskEvent;
import io.cta.message.TaskRun;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Sends and receives what an agent does, through the broker, without running anything. */
public final class SimulatedAgent extends VerticleBase {
  /** What the agent does with a task that it has taken. */
  public enum Behavior {
    /** Ends it with result ok, at once. */
    FINISH,
    /** Starts it and runs until it is cancelled. */
    HOLD,
    /** Takes the message and sends nothing. */
    SILENCE,
    /** Ends it as an infrastructure failure. */
    BREAK,
    /** Starts it and ignores cancels. */
    STUBBORN
  }

  private final String machineId;
  private final int slots;
  private final MessageBroker broker;
  private final String session = IdGenerator.next();
  private final Map<String, TaskRun> running = new ConcurrentHashMap<>();
  private final Map<String, QueueSubscription> groups = new ConcurrentHashMap<>();
  private volatile Function<TaskRun, Behavior> behavior;

  /** The attempts it took, as {@code taskId.attempt}, in order. */
  public final List<String> taken = new CopyOnWriteArrayList<>();

  public final List<TaskCancel> cancels = new CopyOnWriteArrayList<>();
  private volatile boolean dead;
  private volatile String trouble;

  SimulatedAgent(String machineId, int slots, Behavior behavior, MessageBroker broker) {
    this.machineId = machineId;
    this.slots = slots;
    this.behavior = run -> behavior;
    this.broker = broker;
  }

  public SimulatedAgent will(Function<TaskRun, Behavior> newBehavior) {
    behavior = newBehavior;
    return this;
  }

  /** Reports from its next heartbeat on why it takes no tasks; null when it does take tasks. */
  public SimulatedAgent troubled(String why) {
    trouble = why;
    return this;
  }

  public String machineId() {
    return machineId;
  }

  public String session() {
    return session;
  }

  public boolean alive() {
    return !dead;
  }

  public Map<String, TaskRun> running() {
    return running;
  }

  @Override
  public Future<?> start() {
    return hello()
        .compose(v -> broker.subscribe(QueueNames.machine(machineId), 100, this::command));
  }

  /** Stops sending and receiving without notice. */
  public void die() {
    dead = true;
  }

  /** Sends what the gateway sends when the connection ends. */
  public Future<Void> disconnect() {
    dead = true;
    return say(
        QueueNames.REGISTRATION,
        MessageTypes.MACHINE_GONE,
        new MachineGone(machineId, session, "x"));
  }

  public Future<Void> hello() {
    return hello(0);
  }

  /**
   * @param suspended for how many seconds its machine was suspended
   */
  public Future<Void> hello(long suspended) {
    dead = false;
    MachineHello hello =
        MachineHelloBuilder.builder()
            .machineId(machineId)
            .session(session)
            .name(machineId.substring(3))
            .hostname(machineId.substring(3) + ".example")
            .ip("192.0.2.1")
            .facts(Map.of("platform", List.of("linux")))
            .labels(List.of())
            .slots(slots)
            .agentVersion("1")
            .tasks(listed())
            .suspendedSeconds(suspended)
            .build();
    return say(QueueNames.REGISTRATION, MessageTypes.MACHINE_REGISTERED, hello);
  }

  public Future<Void> beat() {
    return beat(0);
  }

  /**
   * @param time time by the machine's clock, in epoch milliseconds
   */
  public Future<Void> beat(long time) {
    MachineHeartbeat beat =
        new MachineHeartbeat(machineId, session, 0.5, 1_000, time, false, listed(), trouble);
    return say(QueueNames.REGISTRATION, MessageTypes.MACHINE_HEARTBEAT, beat);
  }

  /** Ends all running tasks. */
  public void finish() {
    context.runOnContext(
        v -> List.copyOf(running.values()).forEach(r -> end(r, State.FINISHED, false)));
  }

  /** Forgets the running tasks. */
  public void forget() {
    running.clear();
  }

  private List<AttemptRef> listed() {
    List<AttemptRef> out = new ArrayList<>();
    running.values().forEach(r -> out.add(r.ref()));
    return out;
  }

  private Future<Void> command(Buffer message) {
    if (dead) {
      return Promise.<Void>promise().future();
    }
    MessageEnvelope envelope = MessageEnvelope.decode(message);
    switch (envelope.type()) {
      case MessageTypes.TASK_RUN -> run(envelope.payloadAs(TaskRun.class), false);
      case MessageTypes.TASK_CANCEL -> cancel(envelope.payloadAs(TaskCancel.class));
      case MessageTypes.GROUP_JOIN -> join(envelope.payloadAs(GroupQueueCommand.class));
      case MessageTypes.GROUP_LEAVE -> leave(envelope.payloadAs(GroupQueueCommand.class));
      default -> throw new IllegalArgumentException(envelope.type());
    }
    return Future.succeededFuture();
  }

  private void join(GroupQueueCommand invite) {
    broker
        .subscribe(invite.queue(), 1, this::pulled)
        .onSuccess(s -> groups.put(invite.executionId(), s));
  }

  private void leave(GroupQueueCommand invite) {
    QueueSubscription s = groups.remove(invite.executionId());
    if (s != null) {
      s.cancel();
    }
  }

  /**
   * Returns a task for which it has no slot, for another agent to take; pulls while a slot is free.
   */
  private Future<Void> pulled(Buffer message) {
    if (dead) {
      return Promise.<Void>promise().future();
    }
    if (running.size() >= slots) {
      return Future.failedFuture(new DeliveryPostponed("no free slot"));
    }
    run(MessageEnvelope.decode(message).payloadAs(TaskRun.class), true);
    if (running.size() >= slots) {
      groups.values().forEach(QueueSubscription::pause);
    }
    return Future.succeededFuture();
  }

  private void run(TaskRun run, boolean pulled) {
    if (taken.contains(run.taskId() + "." + run.attempt())) {
      return;
    }
    if (!pulled && running.size() >= slots) {
      say(QueueNames.STATES, MessageTypes.TASK_DECLINED, event(run));
      return;
    }
    Behavior chosen = behavior.apply(run);
    if (chosen == Behavior.SILENCE) {
      return;
    }
    taken.add(run.taskId() + "." + run.attempt());
    running.put(run.taskId(), run);
    say(QueueNames.STATES, MessageTypes.TASK_ACKED, event(run));
    say(QueueNames.STATES, MessageTypes.TASK_STARTED, event(run));
    if (chosen == Behavior.FINISH || chosen == Behavior.BREAK) {
      end(run, State.FINISHED, chosen == Behavior.BREAK);
    }
  }

  private void cancel(TaskCancel cancel) {
    cancels.add(cancel);
    TaskRun run = running.get(cancel.taskId());
    if (run == null
        || run.attempt() != cancel.attempt()
        || behavior.apply(run) == Behavior.STUBBORN) {
      return;
    }
    if (cancel.stale()) {
      running.remove(run.taskId());
      freed();
    } else {
      end(run, cancel.timeout() ? State.TIMEOUT : State.CANCELLED, false);
    }
  }

  private void end(TaskRun run, State state, boolean infra) {
    List<StatusReport> statuses = new ArrayList<>();
    if (state == State.FINISHED && !infra) {
      run.tests().forEach(test -> statuses.add(ok(test, statuses.size() + 1)));
      StatusBatch batch =
          new StatusBatch(
              run.executionId(), run.taskId(), run.attempt(), run.token(), machineId, statuses);
      say(QueueNames.RESULTS, MessageTypes.STATUSES_REPORTED, batch);
    }
    TaskEnded ended =
        TaskEndedBuilder.builder()
            .executionId(run.executionId())
            .taskId(run.taskId())
            .attempt(run.attempt())
            .token(run.token())
            .machineId(machineId)
            .state(state)
            .statusCount(statuses.size())
            .infra(infra)
            .reason(infra ? "agentFailed" : null)
            .durationMs(1L)
            .build();
    running.remove(run.taskId(), run);
    say(QueueNames.STATES, MessageTypes.TASK_ENDED, ended);
    freed();
  }

  private static StatusReport ok(Test test, int index) {
    return StatusReportBuilder.builder()
        .testId(test.id())
        .testName(test.name())
        .index(index)
        .result(Result.OK)
        .source(StatusSource.EXIT)
        .durationMs(1L)
        .build();
  }

  private void freed() {
    groups.values().forEach(QueueSubscription::resume);
  }

  private TaskEvent event(TaskRun run) {
    return new TaskEvent(
        run.executionId(), run.taskId(), run.attempt(), run.token(), machineId, null);
  }

  private Future<Void> say(String queue, String type, Object payload) {
    return broker.publish(
        queue, MessageEnvelope.of(type, MessageSource.ofAgent(machineId), payload).encode());
  }
}
