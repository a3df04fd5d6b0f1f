package io.cta.agent.output;

import io.cta.domain.AttemptRef;
import io.cta.message.LogWritten;
import io.cta.message.LogWrittenBuilder;
import io.cta.message.TaskRun;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output of one attempt until the server has it. Up to the cap it is kept on disk; of what
 * comes after that only the end is kept, and a gap says how much was left out. So neither a loud
 * test nor a slow server needs more space. What a full disk does not take becomes a gap, too. Any
 * thread that may block.
 */
public final class OutputSpool implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(OutputSpool.class);
  static final int CHUNK_BYTES = 64 * 1024;
  private static final int MAX_UNSENT_CHUNKS = 32;

  private final TaskRun run;
  private final long cap;
  private final ChunkFile file;
  private final byte[] buffer = new byte[CHUNK_BYTES];
  private TailBuffer tail;
  private String testId;
  private int buffered;
  private boolean closed;
  private long lost;
  private long unreported;
  private Runnable changed = () -> {};

  /**
   * Opens the output of an attempt; chunks below {@code confirmed} are on the server.
   *
   * @param cap the agent's limit in bytes; the server's applies when it is lower
   */
  public OutputSpool(Path dir, TaskRun run, long cap, int confirmed) throws IOException {
    this.run = run;
    this.cap = run.logLimit() == null ? cap : Math.min(cap, run.logLimit());
    this.file = new ChunkFile(dir);
    file.confirm(confirmed);
  }

  /**
   * Sets the listener, which is called when there is something new to send, on the thread that
   * wrote it.
   */
  public synchronized void onChunk(Runnable listener) {
    changed = listener;
  }

  /**
   * @param test the test that wrote it, null for output of the task as a whole
   */
  public void write(String test, byte[] bytes, int start, int length) {
    int end = start + length;
    boolean cut = false;
    synchronized (this) {
      if (!Objects.equals(test, testId)) {
        cut = cut();
        testId = test;
      }
      int from = start;
      while (from < end && !full()) {
        int n = (int) Math.min(Math.min(end - from, CHUNK_BYTES - buffered), remaining());
        System.arraycopy(bytes, from, buffer, buffered, n);
        buffered += n;
        from += n;
        cut |= (buffered == CHUNK_BYTES || full()) && cut();
      }
      if (from < end) {
        overflow(bytes, from, end - from);
      }
    }
    notifyListener(cut);
  }

  /**
   * Makes a chunk of the output that waits; while many chunks are not sent yet, only full ones are
   * made.
   */
  public void flush() {
    boolean cut;
    synchronized (this) {
      cut = !closed && file.unsent() < MAX_UNSENT_CHUNKS && cut();
    }
    notifyListener(cut);
  }

  /** Ends the output: what was left out becomes a gap and a tail. */
  public void finish() throws IOException {
    boolean cut;
    synchronized (this) {
      cut = cut();
      if (tail != null) {
        byte[] last = tail.last();
        file.appendGap(testId, tail.seen() - last.length);
        tail = null;
        append(last, last.length);
        cut = true;
      }
      cut |= unreported > 0;
      appendLostGap();
    }
    notifyListener(cut);
  }

  /** Bytes of the output so far that the disk did not take. */
  public long lost() {
    boolean cut;
    long bytes;
    synchronized (this) {
      cut = !closed && cut();
      bytes = lost;
    }
    notifyListener(cut);
    return bytes;
  }

  /** The oldest chunks that the server has not confirmed. */
  public synchronized List<LogWritten> oldest(int max) throws IOException {
    List<LogWritten> out = new ArrayList<>();
    AttemptRef key = run.ref();
    for (OutputChunk c : closed ? List.<OutputChunk>of() : file.oldest(max)) {
      String data = c.gap() ? null : Base64.getEncoder().encodeToString(file.read(c));
      out.add(
          LogWrittenBuilder.builder()
              .testId(c.testId())
              .seq(c.seq())
              .offset(c.offset())
              .size(c.size())
              .gap(c.gap())
              .executionId(run.executionId())
              .taskId(key.taskId())
              .attempt(key.attempt())
              .token(key.token())
              .data(data)
              .build());
    }
    return out;
  }

  public synchronized void confirm(int below) {
    file.confirm(below);
  }

  /** Whether the server has confirmed every chunk there is. Never blocks. */
  public boolean drained() {
    return file.unsent() == 0;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    file.close();
  }

  private boolean cut() {
    if (buffered == 0) {
      return false;
    }
    append(buffer, buffered);
    buffered = 0;
    return true;
  }

  private void append(byte[] bytes, int length) {
    try {
      appendLostGap();
      file.append(testId, bytes, 0, length);
    } catch (IOException e) {
      if (lost == 0) {
        log.error("output is lost [attempt: {}, reason: {}]", run.ref(), e.getMessage());
      }
      lost += length;
      unreported += length;
    }
  }

  /** Writes a gap in place of the lost output. */
  private void appendLostGap() throws IOException {
    if (unreported > 0) {
      file.appendGap(testId, unreported);
      unreported = 0;
    }
  }

  private long remaining() {
    return cap - file.size() - unreported - buffered;
  }

  private boolean full() {
    return remaining() <= 0;
  }

  private void overflow(byte[] bytes, int from, int length) {
    if (tail == null) {
      tail = new TailBuffer(CHUNK_BYTES);
    }
    tail.add(bytes, from, length);
  }

  private void notifyListener(boolean cut) {
    Runnable listener;
    synchronized (this) {
      listener = changed;
    }
    if (cut) {
      listener.run();
    }
  }
}
