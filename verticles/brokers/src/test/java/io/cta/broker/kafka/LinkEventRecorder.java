package io.cta.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.cta.broker.LinkListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a link told its owner, in order. */
final class LinkEventRecorder implements LinkListener {
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

  @Override
  public void up() {
    news.add("up");
  }

  @Override
  public void down(String reason, long retryMillis) {
    news.add("down");
  }

  @Override
  public void refused(int status, String text, long retryMillis) {
    news.add("refused " + status);
  }

  @Override
  public void lost(String queue, String reason) {
    news.add("lost " + queue);
  }

  void expect(String text) {
    try {
      String next = news.poll(40, TimeUnit.SECONDS);
      assertNotNull(next, "nothing came, instead of " + text);
      assertEquals(text, next);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
