package io.cta.server.launch;

import io.cta.domain.Execution;
import io.cta.domain.Machine;
import io.cta.server.dispatch.Criteria;
import io.cta.server.dispatch.MachineMatcher;
import io.cta.server.gateway.Admission;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import java.util.Optional;

/** A machine may read the group queue of a live execution whose configuration means it. */
final class GroupGuests implements Admission {
  private final Stores stores;

  GroupGuests(Stores stores) {
    this.stores = stores;
  }

  @Override
  public Future<Boolean> mayJoin(String machineId, String executionId) {
    Future<Optional<Stored<Execution>>> execution = stores.executions.find(executionId);
    Future<Optional<Stored<Machine>>> machine = stores.machines.find(machineId);
    return Future.all(execution, machine)
        .map(
            both ->
                execution.result().isPresent()
                    && machine.result().isPresent()
                    && matches(execution.result().get().value(), machine.result().get().value()));
  }

  private static boolean matches(Execution execution, Machine machine) {
    return !execution.state().terminal()
        && MachineMatcher.matches(Criteria.of(execution.snapshot().configuration()), machine);
  }
}
