package io.cta.broker.embedded;

import io.cta.broker.Answer;
import io.cta.broker.Backoff;
import io.cta.broker.Postponed;
import io.cta.broker.QueueSpec;
import io.cta.broker.Rejected;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One queue. A message is either fresh, returned (put back, delivered again before any fresh one),
 * delayed after a failure, or unsettled with an {@link Outlet}. Touched on the broker's context
 * only.
 */
final class EmbeddedQueue {
  private static final Backoff BACKOFF = new Backoff(10, 30_000);

  private final String name;
  private final QueueSpec spec;
  private final Context home;
  private final Tally tally;
  private final DeadLetterDrop deadLetters;
  private final ArrayDeque<Held> fresh = new ArrayDeque<>();
  private final TreeMap<Long, Held> returned = new TreeMap<>();
  private final Map<Long, Held> delayed = new TreeMap<>();
  private final List<Outlet> outlets = new ArrayList<>();
  private long positions;
  private long bytes;
  private int size;
  private int turn;
  private boolean pumping;
  private boolean deleted;

  /** What all queues of a broker hold together. */
  static final class Tally {
    long bytes;
  }

  /** Where messages go that are given up. */
  interface DeadLetterDrop {
    void add(String queue, Held message, String reason);
  }

  EmbeddedQueue(
      String name, QueueSpec spec, Context home, Tally tally, DeadLetterDrop deadLetters) {
    this.name = name;
    this.spec = spec;
    this.home = home;
    this.tally = tally;
    this.deadLetters = deadLetters;
  }

  QueueSpec spec() {
    return spec;
  }

  /** Messages it is responsible for, those with consumers included. */
  int size() {
    return size;
  }

  long bytes() {
    return bytes;
  }

  boolean full() {
    return size >= spec.capacity();
  }

  void add(Buffer body, Answer<Void> waiting) {
    fresh.add(new Held(positions++, body, waiting));
    size++;
    bytes += body.length();
    tally.bytes += body.length();
    pumpSoon();
  }

  /** Gives up the oldest message that is not with a consumer; false when there is none. */
  boolean dropOldest() {
    Held oldest = take();
    if (oldest != null) {
      gone(oldest);
    }
    return oldest != null;
  }

  void open(Outlet outlet) {
    outlets.add(outlet);
    pumpSoon();
  }

  void close(Outlet outlet) {
    if (outlets.remove(outlet)) {
      outlet.unsettled().forEach(this::lost);
      pumpSoon();
    }
  }

  void settle(Held message, Throwable failure) {
    if (failure == null) {
      done(message);
    } else if (failure instanceof Rejected) {
      bury(message, failure.getMessage());
    } else if (failure instanceof Postponed) {
      message.deliveries--;
      delay(message, BACKOFF.after(++message.postponements));
    } else if (message.deliveries >= spec.maxDeliveries()) {
      bury(message, "given up after " + message.deliveries + " deliveries: " + text(failure));
    } else {
      delay(message, BACKOFF.after(message.deliveries));
    }
    pumpSoon();
  }

  /** Takes back messages that never reached the handler. */
  void giveBack(Collection<Held> messages) {
    for (Held message : messages) {
      message.deliveries--;
      returned.put(message.position, message);
    }
    pumpSoon();
  }

  /** Ends the queue: what it holds is gone, and publishers that wait are told. */
  void delete(String why) {
    deleted = true;
    ServiceFailure failure = new ServiceFailure(ErrorCode.UNAVAILABLE, why);
    outlets.forEach(
        outlet -> {
          outlet.unsettled().forEach(m -> m.fail(failure));
          outlet.end();
        });
    fresh.forEach(m -> m.fail(failure));
    returned.values().forEach(m -> m.fail(failure));
    delayed.values().forEach(m -> m.fail(failure));
    fresh.clear();
    returned.clear();
    delayed.clear();
    outlets.clear();
    tally.bytes -= bytes;
    size = 0;
    bytes = 0;
  }

  /** Hands out what there is; once for all that happens in the same turn of the event loop. */
  void pumpSoon() {
    if (!pumping) {
      pumping = true;
      home.runOnContext(v -> pump());
    }
  }

  private void pump() {
    pumping = false;
    while (!fresh.isEmpty() || !returned.isEmpty()) {
      Outlet outlet = nextFree();
      if (outlet == null) {
        break;
      }
      Held message = take();
      message.deliveries++;
      outlet.give(message);
    }
    outlets.forEach(Outlet::flush);
  }

  private Outlet nextFree() {
    for (int i = 0; i < outlets.size(); i++) {
      turn = (turn + 1) % outlets.size();
      if (outlets.get(turn).free()) {
        return outlets.get(turn);
      }
    }
    return null;
  }

  private Held take() {
    Map.Entry<Long, Held> first = returned.pollFirstEntry();
    return first != null ? first.getValue() : fresh.poll();
  }

  private void lost(Held message) {
    if (message.deliveries >= spec.maxDeliveries()) {
      bury(message, "given up after " + message.deliveries + " deliveries: its consumer went away");
    } else {
      returned.put(message.position, message);
    }
  }

  private void delay(Held message, long millis) {
    delayed.put(message.position, message);
    home.owner()
        .setTimer(
            millis,
            id -> {
              if (!deleted && delayed.remove(message.position) != null) {
                returned.put(message.position, message);
                pumpSoon();
              }
            });
  }

  private void bury(Held message, String reason) {
    deadLetters.add(name, message, reason);
    done(message);
  }

  private void done(Held message) {
    gone(message);
    message.confirm();
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private void gone(Held message) {
    size--;
    bytes -= message.body.length();
    tally.bytes -= message.body.length();
  }
}
