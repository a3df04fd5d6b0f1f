package io.cta.agent.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a process's output into the spool, on a thread of its own, until its end. */
public final class Pump {
  private static final Logger log = LoggerFactory.getLogger(Pump.class);

  private final InputStream in;
  private final Spool spool;
  private final String testId;

  private Pump(InputStream in, Spool spool, String testId) {
    this.in = in;
    this.spool = spool;
    this.testId = testId;
  }

  /** Starts to read; the future completes at the end of the output. */
  public static CompletableFuture<Void> start(
      InputStream in, Spool spool, String testId, Executor threads) {
    return CompletableFuture.runAsync(new Pump(in, spool, testId)::run, threads);
  }

  private void run() {
    byte[] bytes = new byte[Spool.CHUNK];
    boolean keeping = true;
    try (in) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        keeping = keeping && keep(bytes, n);
      }
    } catch (IOException closed) {
      log.debug("output ended [test: {}, reason: {}]", testId, closed.getMessage());
    }
  }

  /** A disk that takes no more must not stop the test: its output is then read and dropped. */
  private boolean keep(byte[] bytes, int n) {
    try {
      spool.write(testId, bytes, n);
      return true;
    } catch (IOException e) {
      log.error("output of a test cannot be kept [test: {}]", testId, e);
      return false;
    }
  }
}
