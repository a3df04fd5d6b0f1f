package io.cta.agent.report;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/** Reads lines of any length, of which only the beginning is kept. */
public final class LineReader implements Closeable {
  private final BufferedReader in;
  private final int max;
  private boolean complete;

  public LineReader(Reader in, int max) {
    this.in = new BufferedReader(in);
    this.max = max;
  }

  /** The next line without its end; null after the last. */
  public String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.length() < max) {
        line.append((char) c);
      }
    }
    complete = c == '\n';
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  /** Whether the line that was read last had an end. */
  public boolean isComplete() {
    return complete;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
