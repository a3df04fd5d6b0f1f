package io.cta.server.launch;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionSpec;
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
    Future<Optional<ExecutionSpec>> spec = stores.specs.find(executionId);
    return Future.all(execution, machine, spec)
        .map(
            all ->
                execution.result().filter(e -> !e.value().state().terminal()).isPresent()
                    && machine.result().isPresent()
                    && spec.result().isPresent()
                    && matches(spec.result().get(), machine.result().get().value()));
  }

  private static boolean matches(ExecutionSpec spec, Machine machine) {
    return MachineMatcher.matches(MachineCriteria.of(spec.snapshot().configuration()), machine);
  }
}
