package io.cta.server.launch;

import io.cta.broker.LinkListener;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each broker connection problem once, and reports queues whose subscription ended. */
final class BrokerConnectionListener implements LinkListener {
  private static final Logger log = LoggerFactory.getLogger(BrokerConnectionListener.class);

  private final String broker;
  private Consumer<String> onLost = queue -> {};
  private volatile String trouble = "";

  /**
   * @param broker its name for log and error texts
   */
  BrokerConnectionListener(String broker) {
    this.broker = broker;
  }

  String broker() {
    return broker;
  }

  void onLost(Consumer<String> action) {
    onLost = action;
  }

  /** What is wrong with the connection now; empty for nothing. */
  String trouble() {
    return trouble;
  }

  @Override
  public void up() {
    log.info("connected to {}", broker);
    trouble = "";
  }

  @Override
  public void down(String reason, long retryMillis) {
    trouble("is not there: " + reason);
  }

  @Override
  public void refused(int status, String text, long retryMillis) {
    trouble("refuses this server: " + text);
  }

  @Override
  public void lost(String queue, String reason) {
    log.warn("subscription is over [queue: {}, reason: {}]", queue, reason);
    onLost.accept(queue);
  }

  private void trouble(String text) {
    if (!text.equals(trouble)) {
      trouble = text;
      log.warn("waiting for {}, which {}", broker, text);
    }
  }
}
