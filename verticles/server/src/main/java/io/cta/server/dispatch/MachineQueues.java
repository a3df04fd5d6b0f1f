package io.cta.server.dispatch;

import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;

/** Puts commands on the queues of machines, which it makes if they are missing. */
final class MachineQueues {
  private final MessageBroker broker;
  private final Set<String> declared = new HashSet<>();

  MachineQueues(MessageBroker broker) {
    this.broker = broker;
  }

  Future<Void> send(String machineId, String type, Object payload) {
    return send(machineId, MessageEnvelope.of(type, MessageSource.SERVER, payload));
  }

  Future<Void> send(String machineId, MessageEnvelope envelope) {
    String queue = QueueNames.machine(machineId);
    if (declared.contains(queue)) {
      return publish(queue, envelope);
    }
    return broker
        .declare(queue, QueueSpec.commands())
        .compose(
            v -> {
              declared.add(queue);
              return publish(queue, envelope);
            });
  }

  /** Somebody may have removed the queue: the next command makes it anew. */
  private Future<Void> publish(String queue, MessageEnvelope envelope) {
    return broker.publish(queue, envelope.encode()).onFailure(e -> declared.remove(queue));
  }
}
