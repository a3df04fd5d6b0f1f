package io.cta.server.dispatch;

import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.message.GroupQueueCommand;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues from which machines pull the tasks of one execution. A machine is invited when a slot
 * of it is first kept for the execution, and all leave when it is over. One event loop only.
 */
final class GroupQueues {
  private static final Logger log = LoggerFactory.getLogger(GroupQueues.class);

  private static final int MOST_UNDELETED = 10_000;

  private final MessageBroker broker;
  private final MachineQueues machines;
  private final Map<String, Future<Void>> declared = new HashMap<>();
  private final Set<String> undeleted = new HashSet<>();

  GroupQueues(MessageBroker broker, MachineQueues machines) {
    this.broker = broker;
    this.machines = machines;
  }

  Future<Void> publish(ExecutionEntry executionEntry, MessageEnvelope command) {
    String queue = QueueNames.group(executionEntry.executionId);
    return declare(executionEntry.executionId)
        .compose(
            v ->
                broker
                    .publish(queue, command.encode())
                    // one that somebody removed is made anew with the next command
                    .onFailure(e -> declared.remove(executionEntry.executionId)));
  }

  /** Asks a machine to pull; again is harmless. */
  void invite(ExecutionEntry executionEntry, String machineId) {
    if (!executionEntry.invited.add(machineId)) {
      return;
    }
    declare(executionEntry.executionId)
        .compose(
            v ->
                machines.send(
                    machineId, MessageTypes.GROUP_JOIN, invite(executionEntry.executionId)))
        .onFailure(
            e -> {
              executionEntry.invited.remove(machineId);
              log.warn("machine not invited [machine: {}]", machineId, e);
            });
  }

  /** Tells the invited to leave and removes the queue, which an earlier dispatch may have made. */
  void close(ExecutionEntry executionEntry) {
    if (declared.remove(executionEntry.executionId) == null && !executionEntry.shared()) {
      return;
    }
    executionEntry.guests.addAll(executionEntry.invited);
    for (String machineId : List.copyOf(executionEntry.guests)) {
      machines
          .send(machineId, MessageTypes.GROUP_LEAVE, invite(executionEntry.executionId))
          .onFailure(e -> log.warn("machine not told to leave [machine: {}]", machineId, e));
    }
    delete(executionEntry.executionId);
  }

  /** Removes the queue of an execution that is over; a missing one is fine. */
  void delete(String executionId) {
    broker
        .delete(QueueNames.group(executionId))
        .onFailure(
            e -> {
              // of those that do not fit, retention takes care
              boolean again = undeleted.size() < MOST_UNDELETED && undeleted.add(executionId);
              log.warn(
                  "group queue not removed [execution: {}, again: {}, reason: {}]",
                  executionId,
                  again,
                  e.getMessage());
            });
  }

  /** Tries once more to remove what could not be removed. */
  void tidy() {
    List<String> again = List.copyOf(undeleted);
    undeleted.clear();
    again.forEach(this::delete);
  }

  private Future<Void> declare(String executionId) {
    Future<Void> known = declared.get(executionId);
    if (known != null && !known.failed()) {
      return known;
    }
    Future<Void> now = broker.declare(QueueNames.group(executionId), QueueSpec.commands());
    declared.put(executionId, now);
    return now;
  }

  private static GroupQueueCommand invite(String executionId) {
    return new GroupQueueCommand(executionId, QueueNames.group(executionId));
  }
}
