package io.cta.server.sim;

import io.cta.broker.AgentMessageSender;
import io.cta.broker.DeliveryPostponed;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSubscription;
import io.cta.domain.AttemptRef;
import io.cta.domain.IdGenerator;
import io.cta.domain.State;
import io.cta.message.GroupQueueCommand;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.StatusReport;
import io.cta.message.TaskCancel;
import io.cta.message.TaskEnded;
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
  private final AgentMessageSender sender;
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
    this.sender = new AgentMessageSender(broker, machineId, session);
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
    return sender.gone();
  }

  public Future<Void> hello() {
    return hello(0);
  }

  /**
   * @param suspended for how many seconds its machine was suspended
   */
  public Future<Void> hello(long suspended) {
    dead = false;
    return sender.registered(
        sender
            .hello(machineId.substring(3))
            .slots(slots)
            .tasks(listed())
            .suspendedSeconds(suspended)
            .build());
  }

  public Future<Void> beat() {
    return beat(0);
  }

  /**
   * @param time time by the machine's clock, in epoch milliseconds
   */
  public Future<Void> beat(long time) {
    return sender.alive(
        new MachineHeartbeat(machineId, session, 0.5, 1_000, time, false, listed(), trouble));
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
      sender.declined(run);
      return;
    }
    Behavior chosen = behavior.apply(run);
    if (chosen == Behavior.SILENCE) {
      return;
    }
    taken.add(run.taskId() + "." + run.attempt());
    running.put(run.taskId(), run);
    sender.acked(run);
    sender.started(run);
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
      run.tests()
          .forEach(test -> statuses.add(AgentMessageSender.ok(test, statuses.size() + 1).build()));
      sender.reported(run, statuses);
    }
    TaskEnded ended =
        sender
            .end(run)
            .state(state)
            .statusCount(statuses.size())
            .infra(infra)
            .reason(infra ? "agentFailed" : null)
            .build();
    running.remove(run.taskId(), run);
    sender.ended(ended);
    freed();
  }

  private void freed() {
    groups.values().forEach(QueueSubscription::resume);
  }
}
