package io.cta.server.dispatch;

import io.cta.broker.Broker;
import io.cta.broker.QueueSpec;
import io.cta.message.Envelope;
import io.cta.message.GroupInvite;
import io.cta.message.Queues;
import io.cta.message.Types;
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

  private final Broker broker;
  private final MachineQueues machines;
  private final Map<String, Future<Void>> declared = new HashMap<>();
  private final Set<String> undeleted = new HashSet<>();

  GroupQueues(Broker broker, MachineQueues machines) {
    this.broker = broker;
    this.machines = machines;
  }

  Future<Void> publish(Run run, Envelope command) {
    String queue = Queues.group(run.executionId);
    return declare(run.executionId)
        .compose(
            v ->
                broker
                    .publish(queue, command.encode())
                    // one that somebody removed is made anew with the next command
                    .onFailure(e -> declared.remove(run.executionId)));
  }

  /** Asks a machine to pull; again is harmless. */
  void invite(Run run, String machineId) {
    if (!run.invited.add(machineId)) {
      return;
    }
    declare(run.executionId)
        .compose(v -> machines.send(machineId, Types.GROUP_JOIN, invite(run.executionId)))
        .onFailure(
            e -> {
              run.invited.remove(machineId);
              log.warn("machine not invited [machine: {}]", machineId, e);
            });
  }

  /** Tells the invited to leave and removes the queue, which an earlier dispatch may have made. */
  void close(Run run) {
    if (declared.remove(run.executionId) == null && !run.shared()) {
      return;
    }
    run.guests.addAll(run.invited);
    for (String machineId : List.copyOf(run.guests)) {
      machines
          .send(machineId, Types.GROUP_LEAVE, invite(run.executionId))
          .onFailure(e -> log.warn("machine not told to leave [machine: {}]", machineId, e));
    }
    delete(run.executionId);
  }

  /** Removes the queue of an execution that is over; a missing one is fine. */
  void delete(String executionId) {
    broker
        .delete(Queues.group(executionId))
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
    Future<Void> now = broker.declare(Queues.group(executionId), QueueSpec.commands());
    declared.put(executionId, now);
    return now;
  }

  private static GroupInvite invite(String executionId) {
    return new GroupInvite(executionId, Queues.group(executionId));
  }
}
