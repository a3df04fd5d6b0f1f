package io.cta.server.dispatch;

import io.cta.broker.Broker;
import io.cta.broker.QueueSpec;
import io.cta.message.Envelope;
import io.cta.message.MessageSource;
import io.cta.message.Queues;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;

/** Puts commands on machines' queues, which it makes as far as they are missing. */
final class MachineQueues {

  private final Broker broker;
  private final Set<String> declared = new HashSet<>();

  MachineQueues(Broker broker) {
    this.broker = broker;
  }

  Future<Void> send(String machineId, String type, Object payload) {
    return send(machineId, Envelope.of(type, MessageSource.SERVER, payload));
  }

  Future<Void> send(String machineId, Envelope envelope) {
    String queue = Queues.machine(machineId);
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

  /** A queue that somebody removed is made anew with the next command. */
  private Future<Void> publish(String queue, Envelope envelope) {
    return broker.publish(queue, envelope.encode()).onFailure(e -> declared.remove(queue));
  }
}
