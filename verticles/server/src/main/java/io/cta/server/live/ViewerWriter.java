package io.cta.server.live;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Writes to one viewer; bounded by the characters that its socket has not yet taken. A viewer that
 * is too slow loses messages until it has caught up, and is then told so once. The feed's event
 * loop only.
 */
final class ViewerWriter {
  private final Function<String, Future<Void>> writer;
  private final Runnable onCaughtUp;
  private final int maxChars;
  private long unsent;
  private boolean lagging;

  /**
   * @param writer its future completes on the feed's event loop once the socket took the text
   * @param onCaughtUp called when a viewer that lost messages can take more
   */
  ViewerWriter(Function<String, Future<Void>> writer, int maxChars, Runnable onCaughtUp) {
    this.writer = writer;
    this.maxChars = maxChars;
    this.onCaughtUp = onCaughtUp;
  }

  /**
   * Sends, or drops the text when the viewer is behind. A text longer than the limit is sent when
   * nothing else is unsent.
   */
  void offer(String text) {
    if (lagging || (unsent > 0 && unsent + text.length() > maxChars)) {
      lagging = true;
      return;
    }
    unsent += text.length();
    writer.apply(text).onComplete(done -> taken(text.length()));
  }

  long unsent() {
    return unsent;
  }

  private void taken(int chars) {
    unsent -= chars;
    if (lagging && unsent == 0) {
      lagging = false;
      onCaughtUp.run();
    }
  }
}
