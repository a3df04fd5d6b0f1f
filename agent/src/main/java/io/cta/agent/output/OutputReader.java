package io.cta.agent.output;

import io.cta.agent.process.GroupedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a process's output into the spool, on a thread of its own. It polls for bytes and never
 * blocks in a read: a process that outlives its parent may hold the pipe open for ever, and the
 * thread with it.
 */
public final class OutputReader {
  private static final Logger log = LoggerFactory.getLogger(OutputReader.class);
  private static final long SHORTEST_PAUSE_NANOS = 500_000;
  private static final long LONGEST_PAUSE_NANOS = 25_000_000;

  private final GroupedProcess process;
  private final MaskedOutput output;

  private OutputReader(GroupedProcess process, MaskedOutput output) {
    this.process = process;
    this.output = output;
  }

  /** Starts to read; the future completes when the process has ended and all it wrote is read. */
  public static CompletableFuture<Void> start(
      GroupedProcess process, MaskedOutput output, Executor threads) {
    return CompletableFuture.runAsync(new OutputReader(process, output)::run, threads);
  }

  private void run() {
    byte[] bytes = new byte[OutputSpool.CHUNK_BYTES];
    long pause = SHORTEST_PAUSE_NANOS;
    try (InputStream in = process.output()) {
      while (true) {
        boolean ended = process.exit().isDone();
        int ready = Math.min(in.available(), bytes.length);
        if (ready > 0) {
          output.write(bytes, in.read(bytes, 0, ready));
          pause = SHORTEST_PAUSE_NANOS;
        } else if (ended) {
          return;
        } else {
          LockSupport.parkNanos(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
      }
    } catch (IOException closed) {
      log.debug("output ended [process: {}, reason: {}]", process.pid(), closed.getMessage());
    } finally {
      output.end();
    }
  }
}
