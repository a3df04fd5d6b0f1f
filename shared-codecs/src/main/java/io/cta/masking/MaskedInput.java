package io.cta.masking;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads another stream without the secrets in it. Not safe from several threads. */
public final class MaskedInput extends FilterInputStream {
  private final ByteArrayOutputStream masked = new ByteArrayOutputStream();
  private final OutputMasker masker;
  private final byte[] chunk = new byte[8192];
  private byte[] ready = new byte[0];
  private int next;
  private boolean ended;

  private MaskedInput(InputStream in, SecretMasker secrets) {
    super(in);
    masker = secrets.stream(masked::write);
  }

  /** The stream itself when there is nothing to hide. */
  public static InputStream of(InputStream in, SecretMasker secrets) {
    return secrets.isEmpty() ? in : new MaskedInput(in, secrets);
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, ready.length - next);
    System.arraycopy(ready, next, bytes, from, n);
    next += n;
    return n;
  }

  @Override
  public int available() {
    return ready.length - next;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = 0;
    while (skipped < count && fill()) {
      int n = (int) Math.min(count - skipped, ready.length - next);
      next += n;
      skipped += n;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Whether there is a byte to read. */
  private boolean fill() throws IOException {
    while (next == ready.length && !ended) {
      int n = in.read(chunk, 0, chunk.length);
      if (n < 0) {
        ended = true;
        masker.end();
      } else {
        masker.write(chunk, 0, n);
      }
      ready = masked.toByteArray();
      masked.reset();
      next = 0;
    }
    return next < ready.length;
  }
}
