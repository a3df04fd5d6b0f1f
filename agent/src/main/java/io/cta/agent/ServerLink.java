package io.cta.agent;

import io.cta.agent.identity.AgentSecret;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.kafka.KafkaBroker;
import io.cta.broker.rabbitmq.RabbitBroker;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.error.ErrorCode;
import io.cta.time.TimeSource;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the agent's connection, to its server or to the server's broker, and logs its troubles. */
final class ServerLink implements LinkListener {
  private static final Logger log = LoggerFactory.getLogger(ServerLink.class);

  private final AgentVerticle.ConnectionListener connectionListener;
  private final AgentSecret secret;
  private final TimeSource time;
  private final LogRepeatLimiter repeatLimiter = new LogRepeatLimiter();
  private boolean hinted;
  private boolean websocket;

  ServerLink(
      AgentVerticle.ConnectionListener connectionListener, AgentSecret secret, TimeSource time) {
    this.secret = secret;
    this.time = time;
    this.connectionListener = connectionListener;
  }

  /** Opens the link on the caller's context; the link itself tries until it is connected. */
  MessageBroker connect(Vertx vertx, AgentSettings settings, String session) {
    if (settings.link() instanceof LinkSettings.RabbitMq rabbit) {
      RabbitBroker broker = new RabbitBroker(vertx, time, rabbit.broker(), this);
      broker.connect();
      return broker;
    }
    if (settings.link() instanceof LinkSettings.Kafka kafka) {
      KafkaBroker broker = new KafkaBroker(vertx, time, kafka.broker(), this);
      broker.connect();
      return broker;
    }
    websocket = true;
    LinkOptions options = LinkOptions.of(settings.servers(), secret::token, session);
    WebSocketLink broker = new WebSocketLink(vertx, time.ticker(), options, this);
    broker.connect();
    return broker;
  }

  @Override
  public void up() {
    repeatLimiter.reset();
    log.info("connected");
    connectionListener.up();
  }

  @Override
  public void down(String reason, long retryMillis) {
    trouble("not connected [reason: " + reason + "]");
  }

  @Override
  public void refused(int status, String text, long retryMillis) {
    trouble("the server refuses this agent [status: " + status + ", reason: " + text + "]");
    if (!websocket) {
      return;
    }
    if (status == ErrorCode.COPIED.status()) {
      connectionListener.copied(text);
    } else if (status == 401) {
      secret.tryNext();
    }
    boolean token = status == 401 || status == 403;
    if (token && !hinted) {
      hinted = true;
      log.warn("to enrol anew, stop the agent and remove identity.json from its data directory");
    }
  }

  @Override
  public void lost(String queue, String reason) {
    log.info("subscription is over [queue: {}, reason: {}]", queue, reason);
    connectionListener.lost(queue);
  }

  private void trouble(String text) {
    if (repeatLimiter.shouldLog(text)) {
      log.warn(text);
    }
  }
}
