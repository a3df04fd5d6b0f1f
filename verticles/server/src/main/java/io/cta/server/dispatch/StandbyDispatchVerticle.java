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
 * Stands in for dispatch on the nodes that do not run it. It sends commands to machines itself and
 * passes on everything else to the node that runs dispatch. If that message is lost, the other
 * node's {@link ExecutionScanner} finds the request in the store.
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
