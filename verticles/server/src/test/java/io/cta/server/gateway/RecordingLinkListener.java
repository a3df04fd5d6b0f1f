package io.cta.server.gateway;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.cta.broker.LinkListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records the events a link reports. */
final class RecordingLinkListener implements LinkListener {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @Override
  public void up() {
    heard.add("up");
  }

  @Override
  public void down(String reason, long retryMillis) {
    heard.add("down: " + reason);
  }

  @Override
  public void refused(int status, String text, long retryMillis) {
    heard.add(status + ": " + text);
  }

  @Override
  public void lost(String queue, String reason) {
    heard.add("lost " + queue + ": " + reason);
  }

  /** The next event that begins so; earlier ones are skipped. */
  String next(String beginning) {
    try {
      for (; ; ) {
        String next = heard.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "the link never said " + beginning);
        if (next.startsWith(beginning)) {
          return next;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
