package io.cta.broker.kafka;

import io.cta.broker.Backoff;
import io.cta.broker.Fate;
import io.cta.broker.handout.Keeper;
import io.cta.broker.handout.Outlet;
import io.cta.broker.handout.Outlets;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * The messages of a queue that wait in this process, and who gets them: its subscribers in turn, in
 * the order of their positions, each up to its prefetch. Touched on the broker's context only.
 */
final class LocalQueue implements Keeper<Message> {
  private static final Backoff BURIAL = new Backoff(500, 10_000);

  private final Vertx vertx;
  private final String name;
  private final IntSupplier maxDeliveries;
  private final DeadLetters deadLetters;
  private final TreeMap<Long, Message> pending = new TreeMap<>();
  private final Outlets<Message> outlets = new Outlets<>();
  private Source source;
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
    return outlets.free();
  }

  int prefetch() {
    return outlets.prefetch();
  }

  boolean idle() {
    return outlets.isEmpty();
  }

  void open(Outlet<Message> outlet) {
    outlets.add(outlet);
    changed();
  }

  /** Ends an outlet; what it had goes back. */
  void close(Outlet<Message> outlet) {
    outlets.remove(outlet).stream().filter(m -> !m.lost).forEach(source::untouched);
    changed();
  }

  /** Ends all outlets and forgets all messages. */
  void clear() {
    outlets.clear();
    pending.clear();
  }

  /** Takes a message to hand out. */
  void offer(Message message) {
    if (message.deliveries() >= maxDeliveries.getAsInt()) {
      bury(
          message,
          "given up after " + message.deliveries() + " deliveries: its consumer went away");
      return;
    }
    pending.put(message.position(), message);
    changed();
  }

  /** Forgets a message that waits, because it is another process's now. */
  void withdraw(Message message) {
    message.lost = true;
    pending.remove(message.position());
  }

  @Override
  public void giveBack(List<Message> messages) {
    messages.stream().filter(m -> !m.lost).forEach(source::untouched);
    changed();
  }

  @Override
  public void settle(Message message, Throwable failure) {
    if (failure == null || !message.lost) { // whoever has it now will find out
      Fate fate = message.fate(failure, maxDeliveries.getAsInt());
      switch (fate.kind()) {
        case DONE -> source.done(message);
        case DEAD -> bury(message, fate.reason());
        case AGAIN -> source.again(message, fate.waitMillis());
      }
    }
    changed();
  }

  /** Hands out what there is; once for all that happens in the same turn of the event loop. */
  @Override
  public void changed() {
    if (!pumping) {
      pumping = true;
      vertx.runOnContext(v -> pump());
    }
  }

  /** Waiting messages that nobody here can take now, the last first. */
  List<Message> surplus() {
    return free() > 0 ? List.of() : List.copyOf(pending.descendingMap().values());
  }

  private void pump() {
    pumping = false;
    Outlet<Message> outlet = pending.isEmpty() ? null : outlets.next();
    while (outlet != null) {
      outlet.give(pending.pollFirstEntry().getValue());
      outlet = pending.isEmpty() ? null : outlets.next();
    }
    outlets.flush();
    source.room();
  }

  /** The message is done once its letter is safe, not before. */
  private void bury(Message message, String reason) {
    bury(message, reason, 1);
  }

  private void bury(Message message, String reason, int attempt) {
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
}
