package io.cta.server.registration;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.EventOrigin;
import io.cta.bus.MachineChanged;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineHello;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The machines' documents, in memory and in the store, and the word to others when they change. */
final class MachineRegistry {
  private final StoreRepositories stores;
  private final TimeSource time;
  private final Map<String, MachineSession> seats = new HashMap<>();
  private Vertx vertx;

  MachineRegistry(StoreRepositories stores, TimeSource time) {
    this.stores = stores;
    this.time = time;
  }

  void start(Vertx on) {
    vertx = on;
  }

  /** The machine's seat, or null. */
  MachineSession seat(String machineId) {
    return seats.get(machineId);
  }

  List<MachineSession> all() {
    return List.copyOf(seats.values());
  }

  /** From the store; silence counts from now. */
  MachineSession load(VersionedEntity<Machine> versionedEntity) {
    return seats.computeIfAbsent(
        versionedEntity.value().id(), id -> new MachineSession(versionedEntity, time.nanos()));
  }

  /** The machine's seat, read from the store when it is not in memory; null when unknown. */
  Future<MachineSession> find(String machineId) {
    MachineSession known = seats.get(machineId);
    return known != null
        ? Future.succeededFuture(known)
        : stores.machines.find(machineId).map(found -> found.map(this::load).orElse(null));
  }

  /** A machine that nobody had heard of. */
  Future<MachineSession> create(MachineHello hello) {
    return insert(hello, HelloMapper.name(hello))
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? Future.succeededFuture(outcome)
                    : insert(hello, HelloMapper.nameApart(hello)))
        .compose(v -> find(hello.machineId()))
        .map(
            machineSession -> {
              if (machineSession == null) {
                String text = "no name is free for machine " + hello.machineId();
                throw new ServiceFailure(ErrorCode.CONFLICT, text);
              }
              return machineSession;
            });
  }

  /** Changes a document; what is in memory is tried first. Others hear of what changed. */
  Future<Void> change(MachineSession machineSession, UnaryOperator<Machine> change) {
    Machine next = change.apply(machineSession.machine());
    if (next == machineSession.machine()) {
      return Future.succeededFuture();
    }
    String id = next.id();
    return stores
        .machines
        .replace(id, machineSession.versionedEntity, next)
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? Future.succeededFuture(
                        new VersionedEntity<>(next, machineSession.versionedEntity.version() + 1))
                    : stores.machines.update(id, change))
        .map(
            versionedEntity -> {
              hold(machineSession, versionedEntity);
              announce(machineSession);
              return null;
            });
  }

  /** Another node has changed the document; answers the seat. */
  MachineSession heardElsewhere(MachineChanged changed) {
    VersionedEntity<Machine> versionedEntity =
        new VersionedEntity<>(changed.machine(), changed.version());
    MachineSession machineSession = load(versionedEntity);
    if (machineSession.seenElsewhere(changed.machine())) {
      machineSession.isHeard(time);
    }
    hold(machineSession, versionedEntity);
    return machineSession;
  }

  /**
   * People changed the document, or its change was not heard of. Answers whether the machine is
   * still known.
   */
  Future<Boolean> reread(String machineId) {
    return stores
        .machines
        .find(machineId)
        .map(
            found -> {
              MachineSession machineSession = seats.get(machineId);
              if (found.isPresent()) {
                machineSession = machineSession == null ? load(found.get()) : machineSession;
                hold(machineSession, found.get());
                passOn(changed(machineSession));
              } else if (machineSession != null) {
                seats.remove(machineId);
                announceGone(machineSession);
              }
              return found.isPresent();
            });
  }

  void announce(MachineSession machineSession) {
    machineSession.announced(time.nanos());
    BusAdapter.announce(vertx, BusAddresses.MACHINE_CHANGED, changed(machineSession));
  }

  private static MachineChanged changed(MachineSession machineSession) {
    return new MachineChanged(
        machineSession.machine(),
        machineSession.versionedEntity.version(),
        machineSession.load,
        machineSession.diskFree,
        machineSession.leaving);
  }

  private void announceGone(MachineSession machineSession) {
    Machine gone =
        new MachineEdit(machineSession.machine())
            .presence(MachinePresence.OFFLINE)
            .health(Health.RETIRED, MachineChanged.DELETED, null)
            .done();
    passOn(new MachineChanged(gone, machineSession.versionedEntity.version() + 1, -1, -1, false));
  }

  /** What every node reads by itself crosses to none. */
  private void passOn(MachineChanged changed) {
    BusAdapter.passOn(vertx, BusAddresses.MACHINE_CHANGED, changed, EventOrigin.STORE);
  }

  private static void hold(
      MachineSession machineSession, VersionedEntity<Machine> versionedEntity) {
    if (versionedEntity.version() > machineSession.versionedEntity.version()) {
      machineSession.versionedEntity = versionedEntity;
    }
  }

  private Future<DocumentWrite.Outcome> insert(MachineHello hello, String name) {
    Machine machine = HelloMapper.fresh(hello, name, time.now());
    return stores.machines.insert(machine.id(), machine);
  }
}
