package io.cta.broker.handout;

import java.util.ArrayList;
import java.util.List;

/** The subscriptions of a queue, which take turns. Touched on the broker's context only. */
public final class Outlets<M extends Held> {
  private final List<Outlet<M>> all = new ArrayList<>();
  private int turn;

  public void add(Outlet<M> outlet) {
    all.add(outlet);
  }

  /** Ends an outlet and answers what it had, in order; of one that is not here, nothing. */
  public List<M> remove(Outlet<M> outlet) {
    if (!all.remove(outlet)) {
      return List.of();
    }
    List<M> unsettled = outlet.unsettled();
    outlet.end();
    return unsettled;
  }

  /** Ends all, and answers what they had. */
  public List<M> clear() {
    List<M> unsettled = new ArrayList<>();
    List.copyOf(all).forEach(outlet -> unsettled.addAll(remove(outlet)));
    return unsettled;
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** How many messages they could take at once. */
  public int free() {
    return all.stream().mapToInt(Outlet::free).sum();
  }

  /** How many messages they could have at once. */
  public int prefetch() {
    return all.stream().mapToInt(Outlet::prefetch).sum();
  }

  /** Whose turn it is to take a message, or null when nobody can. */
  public Outlet<M> next() {
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
    all.forEach(Outlet::flush);
  }
}
