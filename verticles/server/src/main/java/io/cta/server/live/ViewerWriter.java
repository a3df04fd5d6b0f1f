package io.cta.server.live;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * The way to one viewer, bounded by what its socket has not yet taken. A viewer that is too slow
 * loses messages until it has caught up, and is told so once. The feed's event loop only.
 */
final class ViewerWriter {
  private final Function<String, Future<Void>> writer;
  private final Runnable onCaughtUp;
  private final int limit;
  private long unsent;
  private boolean lagging;

  /**
   * @param writer whose future completes on the feed's event loop once the socket took the text
   * @param onCaughtUp called when a viewer that lost messages can take more
   */
  ViewerWriter(Function<String, Future<Void>> writer, int limit, Runnable onCaughtUp) {
    this.writer = writer;
    this.limit = limit;
    this.onCaughtUp = onCaughtUp;
  }

  /** Sends, or drops when the viewer is behind. A text longer than the limit may go alone. */
  void offer(String text) {
    if (lagging || (unsent > 0 && unsent + text.length() > limit)) {
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
