package io.cta.broker.kafka;

import io.cta.broker.Backoff;
import io.cta.broker.Postponed;
import io.cta.broker.Rejected;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * The messages of a queue that wait in this process, and who gets them: its subscribers in turn, in
 * the order of their positions, each up to its prefetch. Touched on the broker's context only.
 */
final class LocalQueue {
  private static final Backoff BACKOFF = new Backoff(10, 30_000);
  private static final Backoff BURIAL = new Backoff(500, 10_000);

  private final Vertx vertx;
  private final String name;
  private final IntSupplier maxDeliveries;
  private final DeadLetters deadLetters;
  private final TreeMap<Long, Held> pending = new TreeMap<>();
  private final List<Outlet> outlets = new ArrayList<>();
  private Source source;
  private int turn;
  private boolean pumping;

  LocalQueue(Vertx vertx, String name, IntSupplier maxDeliveries, DeadLetters deadLetters) {
    this.vertx = vertx;
    this.name = name;
    this.maxDeliveries = maxDeliveries;
    this.deadLetters = deadLetters;
  }

  /** To be called once, before anything else. */
  void source(Source from) {
    source = from;
  }

  Source source() {
    return source;
  }

  String name() {
    return name;
  }

  int pending() {
    return pending.size();
  }

  /** Messages that could be handed out at once. */
  int free() {
    return outlets.stream().mapToInt(Outlet::free).sum();
  }

  int prefetch() {
    return outlets.stream().mapToInt(Outlet::prefetch).sum();
  }

  boolean idle() {
    return outlets.isEmpty();
  }

  void open(Outlet outlet) {
    outlets.add(outlet);
    changed();
  }

  /** Ends an outlet; what it had goes back. */
  void close(Outlet outlet) {
    if (outlets.remove(outlet)) {
      List<Held> unsettled = List.copyOf(outlet.unsettled());
      outlet.end();
      unsettled.stream().filter(m -> !m.lost).forEach(source::untouched);
      changed();
    }
  }

  /** Ends all outlets and forgets all messages. */
  void clear() {
    outlets.forEach(Outlet::end);
    outlets.clear();
    pending.clear();
  }

  /** Takes a message to hand out. */
  void offer(Held message) {
    if (message.deliveries >= maxDeliveries.getAsInt()) {
      bury(message, "given up after " + message.deliveries + " deliveries: its consumer went away");
      return;
    }
    pending.put(message.position, message);
    changed();
  }

  /** Forgets a message that waits, because it is another process's now. */
  void withdraw(Held message) {
    message.lost = true;
    pending.remove(message.position);
  }

  /** Takes back messages that never reached the handler. */
  void giveBack(List<Held> messages) {
    for (Held message : messages) {
      message.deliveries--;
      if (!message.lost) {
        source.untouched(message);
      }
    }
    changed();
  }

  void settle(Held message, Throwable failure) {
    if (failure == null) {
      source.done(message);
    } else if (message.lost) {
      // whoever has it now will find out
      changed();
      return;
    } else if (failure instanceof Rejected) {
      bury(message, failure.getMessage());
    } else if (failure instanceof Postponed) {
      message.deliveries--;
      source.again(message, BACKOFF.after(++message.postponements));
    } else if (message.deliveries >= maxDeliveries.getAsInt()) {
      bury(message, "given up after " + message.deliveries + " deliveries: " + text(failure));
    } else {
      source.again(message, BACKOFF.after(message.deliveries));
    }
    changed();
  }

  /** Hands out what there is; once for all that happens in the same turn of the event loop. */
  void changed() {
    if (!pumping) {
      pumping = true;
      vertx.runOnContext(v -> pump());
    }
  }

  /** Waiting messages that nobody here can take now, the last first. */
  List<Held> surplus() {
    return free() > 0 ? List.of() : List.copyOf(pending.descendingMap().values());
  }

  private void pump() {
    pumping = false;
    while (!pending.isEmpty()) {
      Outlet outlet = nextFree();
      if (outlet == null) {
        break;
      }
      Held message = pending.pollFirstEntry().getValue();
      message.deliveries++;
      outlet.give(message);
    }
    outlets.forEach(Outlet::flush);
    source.room();
  }

  private Outlet nextFree() {
    for (int i = 0; i < outlets.size(); i++) {
      turn = (turn + 1) % outlets.size();
      if (outlets.get(turn).free() > 0) {
        return outlets.get(turn);
      }
    }
    return null;
  }

  /** The message is done once its letter is safe, not before. */
  private void bury(Held message, String reason) {
    bury(message, reason, 1);
  }

  private void bury(Held message, String reason, int attempt) {
    deadLetters
        .add(name, message, reason)
        .onSuccess(v -> source.done(message))
        .onFailure(
            e ->
                vertx.setTimer(
                    BURIAL.after(attempt),
                    id -> {
                      if (!message.lost) {
                        bury(message, reason, attempt + 1);
                      }
                    }));
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
