package io.cta.server.dispatch;

import io.cta.broker.Broker;
import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.DispatchCall;
import io.cta.bus.ExecutionRef;
import io.cta.bus.MachineCommand;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Dispatch on a node that has not the duty: sends machines what they are to be told, and calls the
 * node that has it for the rest. A call that gets lost is found in the store.
 */
public final class StandInVerticle extends VerticleBase {
  private final MachineQueues machines;

  public StandInVerticle(Broker broker) {
    machines = new MachineQueues(broker);
  }

  @Override
  public Future<?> start() {
    Consumers.<ExecutionRef>serve(vertx, Addresses.DISPATCH_WAKE, ref -> call(ref, false));
    Consumers.<ExecutionRef>serve(vertx, Addresses.DISPATCH_CANCEL, ref -> call(ref, true));
    Consumers.<MachineCommand>serve(
        vertx, Addresses.DISPATCH_COMMAND, c -> machines.send(c.machineId(), c.envelope()));
    return Future.succeededFuture();
  }

  private Future<Void> call(ExecutionRef ref, boolean cancel) {
    Consumers.announce(
        vertx, Addresses.DISPATCH_CALLED, new DispatchCall(ref.executionId(), cancel));
    return Future.succeededFuture();
  }
}
