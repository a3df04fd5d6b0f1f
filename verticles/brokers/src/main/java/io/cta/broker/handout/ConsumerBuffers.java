package io.cta.broker.handout;

import java.util.ArrayList;
import java.util.List;

/** The subscriptions of a queue, which take turns. Touched on the broker's context only. */
public final class ConsumerBuffers<M extends PendingDelivery> {
  private final List<ConsumerBuffer<M>> all = new ArrayList<>();
  private int turn;

  public void add(ConsumerBuffer<M> consumerBuffer) {
    all.add(consumerBuffer);
  }

  /** Ends an outlet and answers what it had, in order; of one that is not here, nothing. */
  public List<M> remove(ConsumerBuffer<M> consumerBuffer) {
    if (!all.remove(consumerBuffer)) {
      return List.of();
    }
    List<M> unsettled = consumerBuffer.unsettled();
    consumerBuffer.end();
    return unsettled;
  }

  /** Ends all, and answers what they had. */
  public List<M> clear() {
    List<M> unsettled = new ArrayList<>();
    List.copyOf(all).forEach(consumerBuffer -> unsettled.addAll(remove(consumerBuffer)));
    return unsettled;
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** How many messages they could take at once. */
  public int free() {
    return all.stream().mapToInt(ConsumerBuffer::free).sum();
  }

  /** How many messages they could have at once. */
  public int prefetch() {
    return all.stream().mapToInt(ConsumerBuffer::prefetch).sum();
  }

  /** Whose turn it is to take a message, or null when nobody can. */
  public ConsumerBuffer<M> next() {
    for (int i = 0; i < all.size(); i++) {
      turn = (turn + 1) % all.size();
      if (all.get(turn).free() > 0) {
        return all.get(turn);
      }
    }
    return null;
  }

  /** Sends what was given on its way. */
  public void flush() {
    all.forEach(ConsumerBuffer::flush);
  }
}
