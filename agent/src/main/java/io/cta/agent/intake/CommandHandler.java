package io.cta.agent.intake;

import io.cta.agent.journal.AgentJournal;
import io.cta.agent.run.AgentServices;
import io.cta.agent.run.AttemptContext;
import io.cta.agent.run.StagePosition;
import io.cta.agent.run.StopRequest;
import io.cta.broker.DeliveryPostponed;
import io.cta.broker.DeliveryRejected;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.disk.DiskFullDetector;
import io.cta.domain.AttemptRef;
import io.cta.error.ServiceFailure;
import io.cta.message.AttemptReasons;
import io.cta.message.GroupQueueCommand;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.TaskCancel;
import io.cta.message.TaskEvent;
import io.cta.message.TaskRun;
import io.cta.message.TaskStartConfirmed;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the server's commands, from the machine's queue and the group queues. Event loop only.
 */
public final class CommandHandler {
  private static final Logger log = LoggerFactory.getLogger(CommandHandler.class);
  private static final int PREFETCH = 32;
  private static final int MAX_CANCELS = 1_000;
  private static final long RETRY_MILLIS = 1_000;

  private final Context context;
  private final AgentServices agentServices;
  private final MessageBroker broker;
  private final TaskSlots slots;
  private final AttemptRegistry attemptRegistry;
  private final GroupSubscriptions groupSubscriptions;
  private final RecentSet<AttemptRef> cancelled = new RecentSet<>(MAX_CANCELS);
  private final Runnable renew;
  private boolean leaving;

  /**
   * @param changed called when an attempt is over, and when the server has confirmed all of it
   * @param renew called when the server wants the agent to have another token
   */
  public CommandHandler(
      Context context,
      AgentServices agentServices,
      MessageBroker broker,
      AgentJournal journal,
      int slots,
      long logLimit,
      Runnable changed,
      Runnable renew) {
    this.renew = renew;
    this.context = context;
    this.agentServices = agentServices;
    this.broker = broker;
    this.slots = new TaskSlots(slots, this::slotsChanged);
    this.attemptRegistry =
        new AttemptRegistry(context, agentServices, broker, journal, logLimit, this.slots, changed);
    this.groupSubscriptions =
        new GroupSubscriptions(
            context.owner(),
            broker,
            m -> handle(m, true),
            () -> !leaving && this.slots.free() > 0 && agentServices.room().trouble() == null);
  }

  /** Subscribes to the machine's queue, and tries again until that succeeds. */
  public void start() {
    String queue = QueueNames.machine(agentServices.machineId());
    broker
        .declare(queue, QueueSpec.commands())
        // an agent that may not declare queues waits for the server to do it
        .otherwiseEmpty()
        .compose(v -> broker.subscribe(queue, PREFETCH, message -> handle(message, false)))
        .onFailure(
            e -> {
              log.warn("not listening yet [queue: {}, reason: {}]", queue, e.getMessage());
              context.owner().setTimer(RETRY_MILLIS, ignored -> start());
            });
  }

  /** The broker has ended a subscription. */
  public void lost(String queue) {
    if (queue.equals(QueueNames.machine(agentServices.machineId()))) {
      context.owner().setTimer(RETRY_MILLIS, ignored -> start());
    } else {
      groupSubscriptions.lost(queue);
    }
  }

  /** Takes over an attempt of an earlier process; {@code from} is null when it has ended. */
  public void recovered(AttemptContext attempt, StagePosition from) {
    attemptRegistry.recovered(attempt, from);
  }

  /** Takes no more tasks. */
  public void leave() {
    leaving = true;
    groupSubscriptions.leaveAll();
  }

  /** Ends all attempts at once. */
  public void stopAll() {
    attemptRegistry.stopAll(StopRequest.Cause.LEAVING);
  }

  public boolean leaving() {
    return leaving;
  }

  /** Whether nothing runs. */
  public boolean idle() {
    return slots.idle();
  }

  /** Whether the server has confirmed all of every attempt. */
  public boolean allConfirmed() {
    return attemptRegistry.keys().isEmpty();
  }

  public List<AttemptRef> running() {
    return attemptRegistry.running();
  }

  public void flushOutput() {
    attemptRegistry.flush();
  }

  public void close() {
    attemptRegistry.close();
  }

  /**
   * Call when {@link AgentServices#room()} may have changed: pauses or resumes the group queues.
   */
  public void roomChanged() {
    groupSubscriptions.adjust();
  }

  private void slotsChanged() {
    groupSubscriptions.adjust();
  }

  private Future<Void> handle(Buffer message, boolean group) {
    try {
      MessageEnvelope envelope = MessageEnvelope.decode(message);
      return switch (envelope.type()) {
        case MessageTypes.TASK_RUN ->
            run(
                TaskRunValidator.checked(envelope.payloadAs(TaskRun.class)),
                group,
                FreshnessRules.ofCommand(envelope.time(), agentServices.time().now()));
        case MessageTypes.TASK_GO -> confirmStart(envelope.payloadAs(TaskStartConfirmed.class));
        case MessageTypes.TASK_CANCEL -> cancel(envelope.payloadAs(TaskCancel.class));
        case MessageTypes.GROUP_JOIN -> join(envelope.payloadAs(GroupQueueCommand.class));
        case MessageTypes.GROUP_LEAVE -> leave(envelope.payloadAs(GroupQueueCommand.class));
        case MessageTypes.SECRET_RENEW -> {
          renew.run();
          yield Future.succeededFuture();
        }
        default -> Future.failedFuture(new DeliveryRejected("unknown type " + envelope.type()));
      };
    } catch (ServiceFailure e) {
      log.warn("command refused [reason: {}]", e.getMessage());
      return Future.failedFuture(new DeliveryRejected(e.getMessage()));
    }
  }

  /** Starts the attempt, unless the answer is too old: then the server is asked again. */
  private Future<Void> confirmStart(TaskStartConfirmed confirmed) {
    if (FreshnessRules.ofAnswer(confirmed.askedAt(), agentServices.time().now())) {
      attemptRegistry.confirmStart(confirmed.ref().checked());
    }
    return Future.succeededFuture();
  }

  private Future<Void> run(TaskRun run, boolean group, boolean fresh) {
    AttemptRef key = run.ref();
    AdmissionDecision admissionDecision =
        AdmissionDecision.of(
            key,
            attemptRegistry.keys(),
            attemptRegistry::isDone,
            slots.free(),
            leaving,
            agentServices.room().trouble() == null);
    return switch (admissionDecision) {
      case KNOWN, OUTDATED -> Future.succeededFuture();
      // the server sends it again if it is the right one
      case OTHER_TOKEN ->
          group ? Future.failedFuture(new DeliveryPostponed("busy")) : Future.succeededFuture();
      case NO_SLOT -> refuse(run, group, "noSlot");
      case NO_ROOM -> refuse(run, group, AttemptReasons.DISK_LOW);
      case LEAVING -> refuse(run, group, "leaving");
      case ACCEPT -> accept(run, group, key, fresh);
    };
  }

  /** Puts a group's task back for another machine; declines any other. */
  private Future<Void> refuse(TaskRun run, boolean group, String reason) {
    return group ? Future.failedFuture(new DeliveryPostponed(reason)) : decline(run, reason);
  }

  private Future<Void> accept(TaskRun run, boolean group, AttemptRef key, boolean fresh) {
    attemptRegistry.supersede(key);
    StopRequest stopRequest = new StopRequest();
    if (cancelled.contains(key)) {
      stopRequest.ask(StopRequest.Cause.CANCELLED, null);
    }
    return attemptRegistry
        .accept(run, stopRequest, fresh)
        .recover(
            e -> {
              if (DiskFullDetector.is(e)) {
                groupSubscriptions.adjust();
                return refuse(run, group, AttemptReasons.DISK_LOW);
              }
              log.error("an attempt cannot be taken [task: {}]", key, e);
              return decline(run, "journalFailed");
            });
  }

  /** Tells the server that the task is not taken, and settles the command after that. */
  private Future<Void> decline(TaskRun run, String reason) {
    log.info("task declined [task: {}, reason: {}]", run.taskId(), reason);
    TaskEvent event =
        new TaskEvent(
            run.executionId(),
            run.taskId(),
            run.attempt(),
            run.token(),
            agentServices.machineId(),
            reason);
    return broker.publish(
        QueueNames.STATES,
        MessageEnvelope.of(
                MessageTypes.TASK_DECLINED, MessageSource.ofAgent(agentServices.machineId()), event)
            .encode());
  }

  private Future<Void> cancel(TaskCancel cancel) {
    AttemptRef key = cancel.ref().checked();
    StopRequest.Cause cause =
        cancel.stale()
            ? StopRequest.Cause.STALE
            : cancel.timeout() ? StopRequest.Cause.TIMEOUT : StopRequest.Cause.CANCELLED;
    if (!attemptRegistry.keys().contains(key)) {
      // it may have overtaken the command to run, which came by another queue
      cancelled.add(key);
    }
    attemptRegistry.stop(key, cause, cancel.reason());
    return Future.succeededFuture();
  }

  private Future<Void> join(GroupQueueCommand invite) {
    if (invite.queue() == null || QueueNames.executionOf(invite.queue()) == null) {
      return Future.failedFuture(new DeliveryRejected("not a group's queue: " + invite.queue()));
    }
    if (!leaving) {
      groupSubscriptions.join(invite.queue());
    }
    return Future.succeededFuture();
  }

  private Future<Void> leave(GroupQueueCommand invite) {
    if (invite.queue() != null) {
      groupSubscriptions.leave(invite.queue());
    }
    return Future.succeededFuture();
  }
}
