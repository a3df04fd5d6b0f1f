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
 * Makes and removes the queues from which machines pull the tasks of one execution. A machine is
 * invited when one of its slots is first kept for the execution; all leave when it is over. Event
 * loop of its verticle only.
 */
final class GroupQueues {
  private static final Logger log = LoggerFactory.getLogger(GroupQueues.class);

  private static final int MAX_UNDELETED = 10_000;

  private final MessageBroker broker;
  private final MachineQueues machines;
  private final Map<String, Future<Void>> declared = new HashMap<>();
  private final Set<String> undeleted = new HashSet<>();

  GroupQueues(MessageBroker broker, MachineQueues machines) {
    this.broker = broker;
    this.machines = machines;
  }

  /** Publishes a command on the queue of an execution, which is made if it is missing. */
  Future<Void> publish(ExecutionEntry executionEntry, MessageEnvelope command) {
    String queue = QueueNames.group(executionEntry.executionId);
    return declare(executionEntry.executionId)
        .compose(
            v ->
                broker
                    .publish(queue, command.encode())
                    // somebody may have removed the queue: the next command makes it anew
                    .onFailure(e -> declared.remove(executionEntry.executionId)));
  }

  /** Tells a machine to pull from the queue, unless it was told already. */
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

  /**
   * Tells all machines to leave the queue of an execution and removes it. An earlier dispatch may
   * have made the queue, so it is removed even if this one did not.
   */
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

  /** Removes the queue of an execution that is over, if there is one. */
  void delete(String executionId) {
    broker
        .delete(QueueNames.group(executionId))
        .onFailure(
            e -> {
              // when too many failed, retention removes the queue later
              boolean again = undeleted.size() < MAX_UNDELETED && undeleted.add(executionId);
              log.warn(
                  "group queue not removed [execution: {}, again: {}, reason: {}]",
                  executionId,
                  again,
                  e.getMessage());
            });
  }

  /** Tries once more to remove the queues that could not be removed. */
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
