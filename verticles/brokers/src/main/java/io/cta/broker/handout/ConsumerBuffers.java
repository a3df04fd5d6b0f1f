package io.cta.broker.handout;

import java.util.ArrayList;
import java.util.List;

/** The buffers of a queue's subscribers, which take turns. Touched on the broker's context only. */
public final class ConsumerBuffers<M extends PendingDelivery> {
  private final List<ConsumerBuffer<M>> all = new ArrayList<>();
  private int turn;

  public void add(ConsumerBuffer<M> buffer) {
    all.add(buffer);
  }

  /** Ends a buffer and returns its unsettled messages in order; none when it is not here. */
  public List<M> remove(ConsumerBuffer<M> buffer) {
    if (!all.remove(buffer)) {
      return List.of();
    }
    List<M> unsettled = buffer.unsettled();
    buffer.end();
    return unsettled;
  }

  /** Ends all buffers and returns their unsettled messages. */
  public List<M> clear() {
    List<M> unsettled = new ArrayList<>();
    List.copyOf(all).forEach(buffer -> unsettled.addAll(remove(buffer)));
    return unsettled;
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** How many messages they can take now. */
  public int free() {
    return all.stream().mapToInt(ConsumerBuffer::free).sum();
  }

  /** How many messages they may hold at once. */
  public int prefetch() {
    return all.stream().mapToInt(ConsumerBuffer::prefetch).sum();
  }

  /** The buffer that takes the next message, or null when none has room. */
  public ConsumerBuffer<M> next() {
    for (int i = 0; i < all.size(); i++) {
      turn = (turn + 1) % all.size();
      if (all.get(turn).free() > 0) {
        return all.get(turn);
      }
    }
    return null;
  }

  /** Passes the messages that were given on to the subscribers. */
  public void flush() {
    all.forEach(ConsumerBuffer::flush);
  }
}
