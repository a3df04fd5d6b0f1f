package io.cta.agent.report.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/** The bytes of a file up to a limit, or until reading is to stop. */
final class LimitedInput extends FilterInputStream {
  private final long limit;
  private final BooleanSupplier stop;
  private long taken;

  LimitedInput(InputStream in, long limit, BooleanSupplier stop) {
    super(in);
    this.limit = limit;
    this.stop = stop;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (stop.getAsBoolean()) {
      throw new InterruptedIOException("reading was stopped");
    }
    int n = super.read(into, offset, length);
    taken += Math.max(n, 0);
    if (taken > limit) {
      throw new TooLargeFile("only its first " + (limit >> 20) + " MB are read");
    }
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
