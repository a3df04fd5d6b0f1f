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

/** The agent at work: from its registration until it leaves. */
final class AgentVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(AgentVerticle.class);
  private static final long FLUSH_MILLIS = 200;
  private static final long TELL_MILLIS = 30_000;
  private static final long GOODBYE_MILLIS = 2_000;

  /** What is there before the agent works. */
  record StartContext(
      AgentSettings settings,
      String session,
      String hostname,
      Map<String, List<String>> facts,
      Duration heartbeat,
      AgentJournal journal,
      List<AttemptRecovery.Recovered> recovered) {}

  /** What the broker's connection tells the agent. Called on the agent's context. */
  interface ConnectionListener {
    void up();

    void lost(String queue);

    /** This agent is the copy of another one. */
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
  private boolean telling = true;

  /**
   * @param connect makes the broker, on the agent's context
   * @param copied hears that this agent is the copy of another one
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
            this::changed,
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
    vertx.setPeriodic(startContext.heartbeat().toMillis(), ignored -> registration.beat());
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
    // over a direct link nobody else says so
    return registration
        .gone()
        .timeout(GOODBYE_MILLIS, TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .eventually(broker::close);
  }

  /**
   * Takes no more, and completes once what runs is over and told. Any thread.
   *
   * @param telling false when the server does not hear this agent any more
   */
  Future<Void> leave(boolean telling) {
    context.runOnContext(
        ignored -> {
          this.telling = telling;
          log.info("leaving when what runs is over");
          commandHandler.leave();
          registration.beat();
          changed();
        });
    return left.future();
  }

  /** Ends what runs. Any thread. */
  void leaveAtOnce() {
    context.runOnContext(
        ignored -> {
          log.info("ending what runs");
          commandHandler.stopAll();
        });
  }

  /** A connection may be dead by now without anybody having noticed. */
  private void suspended(Duration length) {
    log.warn("was suspended, connecting anew [for: {} s]", length.toSeconds());
    registration.suspended(length);
    if (broker instanceof WebSocketLink link) {
      link.renew("the machine was suspended");
    } else {
      registration.hello();
    }
  }

  private void changed() {
    if (!commandHandler.leaving() || !commandHandler.idle()) {
      return;
    }
    if (!telling || commandHandler.told()) {
      left.tryComplete();
    } else {
      // a server that is away gets the rest at the next start
      vertx.setTimer(TELL_MILLIS, ignored -> left.tryComplete());
    }
  }

  private final class ConnectionHandler implements ConnectionListener {
    @Override
    public void up() {
      registration.hello();
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
