package io.cta.agent;

import io.cta.agent.identity.SecretRenewal;
import io.cta.agent.intake.CommandHandler;
import io.cta.agent.journal.AgentJournal;
import io.cta.agent.run.AgentServices;
import io.cta.broker.MessageBroker;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the agent, takes commands and sends heartbeats until the agent leaves. */
final class AgentVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(AgentVerticle.class);
  private static final long FLUSH_MILLIS = 200;
  private static final long CONFIRMATION_WAIT_MILLIS = 30_000;
  private static final long GONE_TIMEOUT_MILLIS = 2_000;

  /** What must exist before the agent starts. */
  record StartContext(
      AgentSettings settings,
      String session,
      String hostname,
      Map<String, List<String>> facts,
      Duration heartbeat,
      AgentJournal journal,
      List<AttemptRecovery.Recovered> recovered) {}

  /** Listens to the broker's connection. Called on the agent's context. */
  interface ConnectionListener {
    void up();

    void lost(String queue);

    /** The server says that this agent is the copy of another one. */
    void copied(String text);
  }

  private final StartContext startContext;
  private final AgentServices agentServices;
  private final TimeSource time;
  private final BiFunction<AgentVerticle, ConnectionListener, MessageBroker> connect;
  private final SecretRenewal renewal;
  private final Consumer<String> copied;
  private final Promise<Void> left = Promise.promise();
  private MessageBroker broker;
  private CommandHandler commandHandler;
  private MachineRegistration registration;
  private long flushing;
  private boolean awaitConfirmation = true;

  /**
   * @param connect creates the broker; called on the agent's context
   * @param copied called when this agent is the copy of another one
   */
  AgentVerticle(
      StartContext startContext,
      AgentServices agentServices,
      BiFunction<AgentVerticle, ConnectionListener, MessageBroker> connect,
      SecretRenewal renewal,
      Consumer<String> copied) {
    this.renewal = renewal;
    this.copied = copied;
    this.startContext = startContext;
    this.agentServices = agentServices;
    this.time = agentServices.time();
    this.connect = connect;
  }

  @Override
  public Future<?> start() {
    broker = connect.apply(this, new ConnectionHandler());
    commandHandler =
        new CommandHandler(
            context,
            agentServices,
            broker,
            startContext.journal(),
            startContext.settings().slots(),
            startContext.settings().logLimit(),
            this::leaveWhenDone,
            renewal::renew);
    registration =
        new MachineRegistration(
            agentServices,
            broker,
            commandHandler,
            startContext.settings(),
            startContext.session(),
            startContext.hostname(),
            startContext.facts(),
            time);
    startContext.recovered().forEach(one -> commandHandler.recovered(one.attempt(), one.from()));
    commandHandler.start();
    vertx.setPeriodic(startContext.heartbeat().toMillis(), ignored -> registration.heartbeat());
    SuspensionWatch watch = new SuspensionWatch(time.now(), time.nanos());
    vertx.setPeriodic(
        SuspensionWatch.TICK.toMillis(),
        ignored -> watch.tick(time.now(), time.nanos()).ifPresent(this::suspended));
    flushing = vertx.setPeriodic(FLUSH_MILLIS, ignored -> commandHandler.flushOutput());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(flushing);
    commandHandler.close();
    // on a direct link to a broker nobody else tells the server
    return registration
        .publishGone()
        .timeout(GONE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .eventually(broker::close);
  }

  /**
   * Takes no more tasks. Completes once the running attempts are over and the server has confirmed
   * all of their events. Any thread.
   *
   * @param awaitConfirmation false when the server does not listen to this agent any more
   */
  Future<Void> leave(boolean awaitConfirmation) {
    context.runOnContext(
        ignored -> {
          this.awaitConfirmation = awaitConfirmation;
          log.info("leaving when what runs is over");
          commandHandler.leave();
          registration.heartbeat();
          leaveWhenDone();
        });
    return left.future();
  }

  /** Ends the running attempts. Any thread. */
  void leaveAtOnce() {
    context.runOnContext(
        ignored -> {
          log.info("ending what runs");
          commandHandler.stopAll();
        });
  }

  /** Connects again: the old connection may be dead without anybody having noticed. */
  private void suspended(Duration length) {
    log.warn("was suspended, connecting anew [for: {} s]", length.toSeconds());
    registration.suspended(length);
    if (broker instanceof WebSocketLink link) {
      link.renew("the machine was suspended");
    } else {
      registration.register();
    }
  }

  private void leaveWhenDone() {
    if (!commandHandler.leaving() || !commandHandler.idle()) {
      return;
    }
    if (!awaitConfirmation || commandHandler.allConfirmed()) {
      left.tryComplete();
    } else {
      // a server that is away gets the rest when the agent starts next
      vertx.setTimer(CONFIRMATION_WAIT_MILLIS, ignored -> left.tryComplete());
    }
  }

  private final class ConnectionHandler implements ConnectionListener {
    @Override
    public void up() {
      registration.register();
      renewal.connected();
    }

    @Override
    public void copied(String text) {
      AgentVerticle.this.copied.accept(text);
    }

    @Override
    public void lost(String queue) {
      commandHandler.lost(queue);
    }
  }
}
