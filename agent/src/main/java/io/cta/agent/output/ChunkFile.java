package io.cta.agent.output;

import io.cta.agent.journal.LineFile;
import io.cta.json.JsonMapping;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The chunks of one attempt on disk: compressed bytes in one file, the index in another. */
final class ChunkFile implements Closeable {
  private final FileChannel data;
  private final LineFile index;
  private final Deque<OutputChunk> unsent = new ArrayDeque<>();
  private volatile int waiting;
  private OutputChunk last = new OutputChunk(-1, 0, 0, false, null, 0, 0);

  ChunkFile(Path dir) throws IOException {
    data =
        FileChannel.open(
            dir.resolve("output.gz"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    index =
        LineFile.open(
            dir.resolve("output.index"),
            (position, json) -> add(JsonMapping.decode(json, OutputChunk.class)));
  }

  /** Bytes of output in all chunks, before compression; of a gap, the bytes left out. */
  long size() {
    return last.offset() + last.size();
  }

  void append(String testId, byte[] bytes, int from, int length) throws IOException {
    byte[] compressed = gzip(bytes, from, length);
    long position = data.size();
    ByteBuffer out = ByteBuffer.wrap(compressed);
    while (out.hasRemaining()) {
      data.write(out, position + out.position());
    }
    OutputChunk n = last.next();
    OutputChunk chunk =
        new OutputChunk(n.seq(), n.offset(), length, false, testId, position, compressed.length);
    index.append(chunk);
    add(chunk);
  }

  void appendGap(String testId, long length) throws IOException {
    for (long left = length; left > 0; ) {
      int size = (int) Math.min(left, Integer.MAX_VALUE);
      OutputChunk n = last.next();
      OutputChunk gap = new OutputChunk(n.seq(), n.offset(), size, true, testId, 0, 0);
      index.appendLast(gap);
      add(gap);
      left -= size;
    }
  }

  /** How many chunks are not confirmed; may be asked from any thread. */
  int unsent() {
    return waiting;
  }

  /** The oldest chunks that are not confirmed. */
  List<OutputChunk> oldest(int max) {
    List<OutputChunk> out = new ArrayList<>();
    for (OutputChunk chunk : unsent) {
      if (out.size() == max) {
        break;
      }
      out.add(chunk);
    }
    return out;
  }

  /** Chunks below {@code seq} are confirmed. */
  void confirm(int seq) {
    while (!unsent.isEmpty() && unsent.peek().seq() < seq) {
      unsent.poll();
    }
    waiting = unsent.size();
  }

  byte[] read(OutputChunk chunk) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(chunk.length());
    while (in.hasRemaining()) {
      if (data.read(in, chunk.position() + in.position()) < 0) {
        throw new EOFException("output of chunk " + chunk.seq() + " is cut off");
      }
    }
    return in.array();
  }

  @Override
  public void close() throws IOException {
    data.close();
    index.close();
  }

  private void add(OutputChunk chunk) {
    last = chunk;
    unsent.add(chunk);
    waiting = unsent.size();
  }

  private static byte[] gzip(byte[] bytes, int from, int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes, from, length);
    }
    return out.toByteArray();
  }
}
