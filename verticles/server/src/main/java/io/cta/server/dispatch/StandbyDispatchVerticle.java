package io.cta.server.dispatch;

import io.cta.broker.MessageBroker;
import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.DispatchRequest;
import io.cta.bus.ExecutionRef;
import io.cta.bus.MachineCommand;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Dispatch on a node that has not the duty: sends machines what they are to be told, and calls the
 * node that has it for the rest. A call that gets lost is found in the store.
 */
public final class StandbyDispatchVerticle extends VerticleBase {
  private final MachineQueues machines;

  public StandbyDispatchVerticle(MessageBroker broker) {
    machines = new MachineQueues(broker);
  }

  @Override
  public Future<?> start() {
    BusAdapter.<ExecutionRef>serve(
        vertx, BusAddresses.DISPATCH_PLAN, ref -> call(ref.executionId(), false));
    BusAdapter.<ExecutionRef>serve(
        vertx, BusAddresses.DISPATCH_CANCEL, ref -> call(ref.executionId(), true));
    BusAdapter.<MachineCommand>serve(
        vertx, BusAddresses.DISPATCH_COMMAND, c -> machines.send(c.machineId(), c.envelope()));
    return Future.succeededFuture();
  }

  private Future<Void> call(String executionId, boolean cancel) {
    BusAdapter.announce(
        vertx, BusAddresses.DISPATCH_CALLED, new DispatchRequest(executionId, cancel));
    return Future.succeededFuture();
  }
}
