package io.cta.masking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * Finds many literals in a stream of bytes at once, after the algorithm of Aho and Corasick. A
 * state is the longest end of what was read that some literal begins with. Immutable.
 */
final class LiteralMatcher {
  static final int START = 0;
  private static final int NONE = -1;

  private final int[] first = new int[256];
  private byte[] label = new byte[1024];
  private int[] child = filled(1024);
  private int[] sibling = filled(1024);
  private int[] fallback = new int[1024];
  private int[] depth = new int[1024];
  private int[] match = new int[1024];
  private int states = 1;

  LiteralMatcher(Collection<String> literals) {
    for (String literal : literals) {
      add(literal.getBytes(StandardCharsets.UTF_8));
    }
    link();
  }

  /** The state after one more byte. */
  int next(int state, byte b) {
    int at = state;
    while (at != START) {
      int to = childOf(at, b);
      if (to != NONE) {
        return to;
      }
      at = fallback[at];
    }
    return first[b & 0xff];
  }

  /** Whether no literal begins with the byte. */
  boolean isForeign(byte b) {
    return first[b & 0xff] == START;
  }

  /** Bytes that were read and may be the beginning of a literal. */
  int depth(int state) {
    return depth[state];
  }

  /** Bytes of the longest literal that ends here; 0 when none does. */
  int matched(int state) {
    return match[state];
  }

  private void add(byte[] literal) {
    int at = START;
    for (byte b : literal) {
      int to = at == START ? first[b & 0xff] : childOf(at, b);
      if (to == NONE || to == START) {
        to = create(at, b);
      }
      at = to;
    }
    match[at] = depth[at];
  }

  private int create(int parent, byte b) {
    if (states == label.length) {
      int size = 2 * states;
      label = Arrays.copyOf(label, size);
      child = grown(child, size);
      sibling = grown(sibling, size);
      fallback = Arrays.copyOf(fallback, size);
      depth = Arrays.copyOf(depth, size);
      match = Arrays.copyOf(match, size);
    }
    int made = states++;
    label[made] = b;
    depth[made] = depth[parent] + 1;
    if (parent == START) {
      first[b & 0xff] = made;
    }
    sibling[made] = child[parent];
    child[parent] = made;
    return made;
  }

  private int childOf(int state, byte b) {
    for (int c = child[state]; c != NONE; c = sibling[c]) {
      if (label[c] == b) {
        return c;
      }
    }
    return NONE;
  }

  /** Links each state with the longest other one that its bytes end with, by growing depth. */
  private void link() {
    int[] order = new int[states];
    int size = 1;
    for (int i = 0; i < size; i++) {
      int parent = order[i];
      for (int c = child[parent]; c != NONE; c = sibling[c]) {
        order[size++] = c;
        fallback[c] = parent == START ? START : next(fallback[parent], label[c]);
        match[c] = Math.max(match[c], match[fallback[c]]);
      }
    }
  }

  private static int[] filled(int size) {
    int[] out = new int[size];
    Arrays.fill(out, NONE);
    return out;
  }

  private static int[] grown(int[] old, int size) {
    int[] out = filled(size);
    System.arraycopy(old, 0, out, 0, old.length);
    return out;
  }
}
