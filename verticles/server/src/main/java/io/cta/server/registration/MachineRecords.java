package io.cta.server.registration;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.MachineChanged;
import io.cta.bus.Origin;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.Presence;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineHello;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The machines' documents, in memory and in the store, and the word to others when they change. */
final class MachineRecords {
  private final Stores stores;
  private final TimeSource time;
  private final Map<String, Seat> seats = new HashMap<>();
  private Vertx vertx;

  MachineRecords(Stores stores, TimeSource time) {
    this.stores = stores;
    this.time = time;
  }

  void start(Vertx on) {
    vertx = on;
  }

  /** The machine's seat, or null. */
  Seat seat(String machineId) {
    return seats.get(machineId);
  }

  List<Seat> all() {
    return List.copyOf(seats.values());
  }

  /** From the store; silence counts from now. */
  Seat load(Stored<Machine> stored) {
    return seats.computeIfAbsent(stored.value().id(), id -> new Seat(stored, time.nanos()));
  }

  /** The machine's seat, read from the store when it is not in memory; null when unknown. */
  Future<Seat> find(String machineId) {
    Seat known = seats.get(machineId);
    return known != null
        ? Future.succeededFuture(known)
        : stores.machines.find(machineId).map(found -> found.map(this::load).orElse(null));
  }

  /** A machine that nobody had heard of. */
  Future<Seat> create(MachineHello hello) {
    return insert(hello, Registrations.name(hello))
        .compose(
            outcome ->
                outcome == Write.Outcome.DONE
                    ? Future.succeededFuture(outcome)
                    : insert(hello, Registrations.nameApart(hello)))
        .compose(v -> find(hello.machineId()))
        .map(
            seat -> {
              if (seat == null) {
                String text = "no name is free for machine " + hello.machineId();
                throw new ServiceFailure(ErrorCode.CONFLICT, text);
              }
              return seat;
            });
  }

  /** Changes a document; what is in memory is tried first. Others hear of what changed. */
  Future<Void> change(Seat seat, UnaryOperator<Machine> change) {
    Machine next = change.apply(seat.machine());
    if (next == seat.machine()) {
      return Future.succeededFuture();
    }
    String id = next.id();
    return stores
        .machines
        .replace(id, seat.stored, next)
        .compose(
            outcome ->
                outcome == Write.Outcome.DONE
                    ? Future.succeededFuture(new Stored<>(next, seat.stored.version() + 1))
                    : stores.machines.update(id, change))
        .map(
            stored -> {
              hold(seat, stored);
              announce(seat);
              return null;
            });
  }

  /** Another node has changed the document; answers the seat. */
  Seat heardElsewhere(MachineChanged changed) {
    Stored<Machine> stored = new Stored<>(changed.machine(), changed.version());
    Seat seat = load(stored);
    if (seat.seenElsewhere(changed.machine())) {
      seat.isHeard(time);
    }
    hold(seat, stored);
    return seat;
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
              Seat seat = seats.get(machineId);
              if (found.isPresent()) {
                seat = seat == null ? load(found.get()) : seat;
                hold(seat, found.get());
                passOn(changed(seat));
              } else if (seat != null) {
                seats.remove(machineId);
                announceGone(seat);
              }
              return found.isPresent();
            });
  }

  void announce(Seat seat) {
    seat.announced(time.nanos());
    Consumers.announce(vertx, Addresses.MACHINE_CHANGED, changed(seat));
  }

  private static MachineChanged changed(Seat seat) {
    return new MachineChanged(
        seat.machine(), seat.stored.version(), seat.load, seat.diskFree, seat.leaving);
  }

  private void announceGone(Seat seat) {
    Machine gone =
        new MachineEdit(seat.machine())
            .presence(Presence.OFFLINE)
            .health(Health.RETIRED, MachineChanged.DELETED, null)
            .done();
    passOn(new MachineChanged(gone, seat.stored.version() + 1, -1, -1, false));
  }

  /** What every node reads by itself crosses to none. */
  private void passOn(MachineChanged changed) {
    Consumers.passOn(vertx, Addresses.MACHINE_CHANGED, changed, Origin.STORE);
  }

  private static void hold(Seat seat, Stored<Machine> stored) {
    if (stored.version() > seat.stored.version()) {
      seat.stored = stored;
    }
  }

  private Future<Write.Outcome> insert(MachineHello hello, String name) {
    Machine machine = Registrations.fresh(hello, name, time.now());
    return stores.machines.insert(machine.id(), machine);
  }
}
