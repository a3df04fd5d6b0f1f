package io.cta.masking;

import java.util.Arrays;

/**
 * Hides secrets in one stream of output, wherever the stream is cut. Everything that belongs to a
 * secret becomes {@code ***}, also where secrets overlap. Holds back only what may be the beginning
 * of a secret. Not safe from several threads.
 */
public final class OutputMasker {
  private static final byte[] MASK = {'*', '*', '*'};

  /** Takes the bytes that may be seen. */
  public interface Sink {
    void write(byte[] bytes, int from, int length);
  }

  private final LiteralMatcher matcher;
  private final Sink sink;
  private final byte[] out = new byte[8192];
  private int ready;
  private byte[] held = new byte[256];
  private boolean[] hidden = new boolean[256];
  private int holding;
  private int state = LiteralMatcher.START;
  private boolean masking;

  /**
   * @param matcher null when there is nothing to hide
   */
  OutputMasker(LiteralMatcher matcher, Sink sink) {
    this.matcher = matcher;
    this.sink = sink;
  }

  public void write(byte[] bytes, int from, int length) {
    if (matcher == null) {
      sink.write(bytes, from, length);
      return;
    }
    int end = from + length;
    for (int i = from; i < end; i++) {
      if (holding == 0 && matcher.isForeign(bytes[i])) {
        masking = false;
        put(bytes[i]);
      } else {
        take(bytes[i]);
      }
    }
    flush();
  }

  /** Writes what was held back: nothing more comes. */
  public void end() {
    release(holding);
    state = LiteralMatcher.START;
    flush();
  }

  private void take(byte b) {
    if (holding == held.length) {
      held = Arrays.copyOf(held, 2 * holding);
      hidden = Arrays.copyOf(hidden, 2 * holding);
    }
    held[holding] = b;
    hidden[holding++] = false;
    state = matcher.next(state, b);
    int matched = matcher.matched(state);
    if (matched > 0) {
      Arrays.fill(hidden, holding - matched, holding, true);
    }
    release(holding - matcher.depth(state));
  }

  /** Writes the oldest bytes that are held back. */
  private void release(int count) {
    if (count <= 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (!hidden[i]) {
        put(held[i]);
      } else if (!masking) {
        for (byte m : MASK) {
          put(m);
        }
      }
      masking = hidden[i];
    }
    holding -= count;
    System.arraycopy(held, count, held, 0, holding);
    System.arraycopy(hidden, count, hidden, 0, holding);
  }

  private void put(byte b) {
    if (ready == out.length) {
      flush();
    }
    out[ready++] = b;
  }

  private void flush() {
    if (ready > 0) {
      sink.write(out, 0, ready);
      ready = 0;
    }
  }
}
