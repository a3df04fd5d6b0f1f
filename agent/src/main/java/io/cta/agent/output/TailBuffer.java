package io.cta.agent.output;

/** The last bytes of what does not fit: a ring of fixed size. One thread at a time. */
final class TailBuffer {
  private final byte[] ring;
  private long seen;

  TailBuffer(int size) {
    ring = new byte[size];
  }

  void add(byte[] bytes, int from, int length) {
    // of what is longer than the ring only the end can matter
    int skip = Math.max(0, length - ring.length);
    seen += skip;
    for (int done = skip; done < length; ) {
      int at = (int) (seen % ring.length);
      int n = Math.min(length - done, ring.length - at);
      System.arraycopy(bytes, from + done, ring, at, n);
      seen += n;
      done += n;
    }
  }

  /** All bytes that were added, kept or not. */
  long seen() {
    return seen;
  }

  byte[] last() {
    int n = (int) Math.min(seen, ring.length);
    byte[] out = new byte[n];
    for (int i = 0; i < n; i++) {
      out[i] = ring[(int) ((seen - n + i) % ring.length)];
    }
    return out;
  }
}
