package io.cta.glob;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Holds a pattern as steps and follows all its possible positions at once, so that matching never
 * backtracks. The parser fills it; afterwards it is immutable.
 */
final class GlobProgram {
  /**
   * With a test, consumes one character and goes to the next step; without one, goes to both
   * targets and consumes nothing. A target of -1 is none.
   */
  private record Step(IntPredicate test, int first, int second) {}

  private final List<Step> steps = new ArrayList<>();
  private int accept;

  int size() {
    return steps.size();
  }

  void take(IntPredicate test) {
    steps.add(new Step(test, -1, -1));
  }

  /** Adds a fork whose targets are set by {@link #fork(int, int, int)} later. */
  int fork() {
    steps.add(null);
    return steps.size() - 1;
  }

  void fork(int at, int first, int second) {
    steps.set(at, new Step(null, first, second));
  }

  void finish() {
    accept = steps.size();
  }

  BitSet start() {
    BitSet at = new BitSet();
    add(at, 0);
    return at;
  }

  boolean accepts(BitSet at) {
    return at.get(accept);
  }

  BitSet advance(BitSet from, String text) {
    BitSet at = from;
    for (int i = 0; i < text.length() && !at.isEmpty(); ) {
      int c = text.codePointAt(i);
      BitSet next = new BitSet();
      for (int s = at.nextSetBit(0); s >= 0; s = at.nextSetBit(s + 1)) {
        if (s < accept && steps.get(s).test() != null && steps.get(s).test().test(c)) {
          add(next, s + 1);
        }
      }
      at = next;
      i += Character.charCount(c);
    }
    return at;
  }

  private void add(BitSet at, int step) {
    Deque<Integer> todo = new ArrayDeque<>();
    todo.push(step);
    while (!todo.isEmpty()) {
      int s = todo.pop();
      if (s < 0 || at.get(s)) {
        continue;
      }
      at.set(s);
      if (s < accept && steps.get(s).test() == null) {
        todo.push(steps.get(s).second());
        todo.push(steps.get(s).first());
      }
    }
  }
}
