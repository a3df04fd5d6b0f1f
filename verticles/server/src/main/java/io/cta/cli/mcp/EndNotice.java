package io.cta.cli.mcp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** Notices the end of an input: the client is gone. */
final class EndNotice extends FilterInputStream {
  private final CountDownLatch ended = new CountDownLatch(1);

  EndNotice(InputStream in) {
    super(in);
  }

  void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public int read() throws IOException {
    return noticed(super.read());
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return noticed(super.read(bytes, from, length));
    } catch (IOException e) {
      ended.countDown();
      throw e;
    }
  }

  private int noticed(int read) {
    if (read < 0) {
      ended.countDown();
    }
    return read;
  }
}
