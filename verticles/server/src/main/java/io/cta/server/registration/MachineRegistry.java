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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Keeps the machines' documents in memory and in the store, and announces their changes. */
final class MachineRegistry {
  private final StoreRepositories stores;
  private final TimeSource time;
  private final Map<String, MachineSession> sessions = new HashMap<>();
  private final Set<MachineSession> quarantined = new LinkedHashSet<>();
  private Vertx vertx;

  MachineRegistry(StoreRepositories stores, TimeSource time) {
    this.stores = stores;
    this.time = time;
  }

  void start(Vertx on) {
    vertx = on;
  }

  /** The machine's session, or null. */
  MachineSession session(String machineId) {
    return sessions.get(machineId);
  }

  List<MachineSession> all() {
    return List.copyOf(sessions.values());
  }

  /** Those that the breaker has quarantined, so that nobody looks at the others for them. */
  List<MachineSession> quarantined() {
    return List.copyOf(quarantined);
  }

  /** Adds a machine read from the store; its silence counts from now. */
  MachineSession load(VersionedEntity<Machine> versionedEntity) {
    MachineSession known = sessions.get(versionedEntity.value().id());
    if (known != null) {
      return known;
    }
    MachineSession machineSession = new MachineSession(versionedEntity, time.nanos());
    sessions.put(versionedEntity.value().id(), machineSession);
    noteQuarantine(machineSession);
    return machineSession;
  }

  /** The machine's session, read from the store if it is not in memory; null when unknown. */
  Future<MachineSession> find(String machineId) {
    MachineSession known = sessions.get(machineId);
    return known != null
        ? Future.succeededFuture(known)
        : stores.machines.find(machineId).map(found -> found.map(this::load).orElse(null));
  }

  /** Stores a new machine. */
  Future<MachineSession> create(MachineHello hello) {
    return insert(hello, HelloMapper.name(hello))
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? Future.succeededFuture(outcome)
                    : insert(hello, HelloMapper.uniqueName(hello)))
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

  /** Changes a document, based on the version in memory first, and announces the change. */
  Future<Void> change(MachineSession machineSession, UnaryOperator<Machine> change) {
    VersionedEntity<Machine> known = machineSession.versionedEntity;
    return stores
        .machines
        .update(known.value().id(), known, change)
        .map(
            now -> {
              if (now != known) {
                keepNewer(machineSession, now);
                announce(machineSession);
              }
              return null;
            });
  }

  /** Takes over a document that another node has changed; answers the machine's session. */
  MachineSession heardElsewhere(MachineChanged changed) {
    VersionedEntity<Machine> versionedEntity =
        new VersionedEntity<>(changed.machine(), changed.version());
    MachineSession machineSession = load(versionedEntity);
    if (machineSession.seenElsewhere(changed.machine())) {
      machineSession.markHeard(time);
    }
    keepNewer(machineSession, versionedEntity);
    return machineSession;
  }

  /**
   * Reads the document again after people changed it or its change was missed. Answers whether the
   * machine still exists.
   */
  Future<Boolean> reread(String machineId) {
    return stores
        .machines
        .find(machineId)
        .map(
            found -> {
              MachineSession machineSession = sessions.get(machineId);
              if (found.isPresent()) {
                machineSession = machineSession == null ? load(found.get()) : machineSession;
                keepNewer(machineSession, found.get());
                passOn(changed(machineSession));
              } else if (machineSession != null) {
                sessions.remove(machineId);
                quarantined.remove(machineSession);
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

  /** Announces on this node only, since every node reads the document itself. */
  private void passOn(MachineChanged changed) {
    BusAdapter.passOn(vertx, BusAddresses.MACHINE_CHANGED, changed, EventOrigin.STORE);
  }

  private void keepNewer(MachineSession machineSession, VersionedEntity<Machine> versionedEntity) {
    if (versionedEntity.version() > machineSession.versionedEntity.version()) {
      machineSession.versionedEntity = versionedEntity;
      noteQuarantine(machineSession);
    }
  }

  /** Called with each document: a quarantine is measured from where it was first seen. */
  private void noteQuarantine(MachineSession machineSession) {
    if (machineSession.quarantineLeft(time) == null) {
      quarantined.remove(machineSession);
    } else {
      quarantined.add(machineSession);
    }
  }

  private Future<DocumentWrite.Outcome> insert(MachineHello hello, String name) {
    Machine machine = HelloMapper.created(hello, name, time.now());
    return stores.machines.insert(machine.id(), machine);
  }
}
