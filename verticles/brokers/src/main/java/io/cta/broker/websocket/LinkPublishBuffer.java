package io.cta.broker.websocket;

import io.cta.broker.CallerPromise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The publishes of a link: first waiting, then in flight, until the server has answered. */
final class LinkPublishBuffer {
  private final int window;
  private final int capacity;
  private final long capacityBytes;
  private final ArrayDeque<Publish> waiting = new ArrayDeque<>();
  private final Map<Long, Publish> inFlight = new LinkedHashMap<>();
  private long bytes;

  /** A publish and the promise of its caller. */
  record Publish(long n, String queue, Buffer message, CallerPromise<Void> answer) {}

  LinkPublishBuffer(int window, int capacity, long capacityBytes) {
    this.window = window;
    this.capacity = capacity;
    this.capacityBytes = capacityBytes;
  }

  /** Adds a publish; false when the buffer is full. */
  boolean offer(Publish publish) {
    if (size() >= capacity || bytes + publish.message.length() > capacityBytes) {
      return false;
    }
    waiting.add(publish);
    bytes += publish.message.length();
    return true;
  }

  /** The next to send, from now on in flight; null when there is none or the window is full. */
  Publish next() {
    if (waiting.isEmpty() || inFlight.size() >= window) {
      return null;
    }
    Publish next = waiting.poll();
    inFlight.put(next.n, next);
    return next;
  }

  /** Removes and returns the one the server has answered, or null when none has this number. */
  Publish answered(long n) {
    Publish publish = inFlight.remove(n);
    if (publish != null) {
      bytes -= publish.message.length();
    }
    return publish;
  }

  /** The connection is gone: all that was in flight is sent again, before all else. */
  void rewind() {
    List<Publish> again = new ArrayList<>(inFlight.values());
    inFlight.clear();
    for (int i = again.size() - 1; i >= 0; i--) {
      waiting.addFirst(again.get(i));
    }
  }

  /** Fails all publishes. */
  void fail(Throwable why) {
    rewind();
    waiting.forEach(p -> p.answer.fail(why));
    waiting.clear();
    bytes = 0;
  }

  int size() {
    return waiting.size() + inFlight.size();
  }
}
