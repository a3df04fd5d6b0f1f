package io.cta.server.launch;

import io.cta.domain.Execution;
import io.cta.domain.Machine;
import io.cta.server.dispatch.scheduling.MachineCriteria;
import io.cta.server.dispatch.scheduling.MachineMatcher;
import io.cta.server.gateway.GroupQueuePolicy;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.Optional;

/** Lets a machine read a running execution's group queue if the configuration matches it. */
final class MachineMatchPolicy implements GroupQueuePolicy {
  private final StoreRepositories stores;

  MachineMatchPolicy(StoreRepositories stores) {
    this.stores = stores;
  }

  @Override
  public Future<Boolean> mayJoin(String machineId, String executionId) {
    Future<Optional<VersionedEntity<Execution>>> execution = stores.executions.find(executionId);
    Future<Optional<VersionedEntity<Machine>>> machine = stores.machines.find(machineId);
    return Future.all(execution, machine)
        .map(
            both ->
                execution.result().isPresent()
                    && machine.result().isPresent()
                    && matches(execution.result().get().value(), machine.result().get().value()));
  }

  private static boolean matches(Execution execution, Machine machine) {
    return !execution.state().terminal()
        && MachineMatcher.matches(
            MachineCriteria.of(execution.snapshot().configuration()), machine);
  }
}
