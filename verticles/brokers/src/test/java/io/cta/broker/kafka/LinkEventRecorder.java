package io.cta.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.cta.broker.LinkListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records what a link tells its listener, in order. */
final class LinkEventRecorder implements LinkListener {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @Override
  public void up() {
    events.add("up");
  }

  @Override
  public void down(String reason, long retryMillis) {
    events.add("down");
  }

  @Override
  public void refused(int status, String text, long retryMillis) {
    events.add("refused " + status);
  }

  @Override
  public void lost(String queue, String reason) {
    events.add("lost " + queue);
  }

  void expect(String text) {
    try {
      String next = events.poll(40, TimeUnit.SECONDS);
      assertNotNull(next, "nothing came, instead of " + text);
      assertEquals(text, next);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
