package io.cta.server.view.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.LogChunk;
import io.cta.server.view.OutwardView;

/**
 * A piece of an attempt's output as text.
 *
 * @param testId null for output of no test, and then written as null
 * @param offset in bytes of output, like {@code size}
 * @param text null for a gap
 * @param gap true if the bytes were left out, else null
 */
public record LogTextView(
    int attempt,
    @JsonInclude(JsonInclude.Include.ALWAYS) String testId,
    int seq,
    long offset,
    int size,
    String text,
    Boolean gap)
    implements OutwardView {
  /** The part of a chunk's text that begins and ends with whole characters. */
  public static LogTextView text(LogChunk chunk, long offset, int size, String text) {
    return new LogTextView(chunk.attempt(), chunk.testId(), chunk.seq(), offset, size, text, null);
  }

  public static LogTextView gap(LogChunk c) {
    return new LogTextView(c.attempt(), c.testId(), c.seq(), c.offset(), c.size(), null, true);
  }
}
