package io.cta.agent;

import io.cta.agent.intake.CommandHandler;
import io.cta.agent.machine.HeartbeatData;
import io.cta.agent.machine.MachineAddress;
import io.cta.agent.run.AgentServices;
import io.cta.broker.MessageBroker;
import io.cta.message.MachineGone;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MachineHelloBuilder;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the machine at every connection, and sends its heartbeats. Event loop only. */
final class MachineRegistration {
  private static final Logger log = LoggerFactory.getLogger(MachineRegistration.class);
  private static final long RETRY_MILLIS = 1_000;

  private final AgentServices agentServices;
  private final MessageBroker broker;
  private final CommandHandler commandHandler;
  private final AgentSettings settings;
  private final String session;
  private final String hostname;
  private final Map<String, List<String>> facts;
  private final TimeSource time;
  private Duration suspended = Duration.ZERO;
  private long registrations;
  private boolean heartbeatUnderWay;
  private boolean left;

  MachineRegistration(
      AgentServices agentServices,
      MessageBroker broker,
      CommandHandler commandHandler,
      AgentSettings settings,
      String session,
      String hostname,
      Map<String, List<String>> facts,
      TimeSource time) {
    this.time = time;
    this.agentServices = agentServices;
    this.broker = broker;
    this.commandHandler = commandHandler;
    this.settings = settings;
    this.session = session;
    this.hostname = hostname;
    this.facts = facts;
  }

  /**
   * Registers the machine, and tries again until that succeeds; a later call replaces an earlier
   * one.
   */
  void register() {
    long mine = ++registrations;
    publishHello()
        .onSuccess(ok -> log.info("registered [machine: {}]", agentServices.machineId()))
        .onFailure(
            e -> {
              log.warn("not registered yet [reason: {}]", e.getMessage());
              agentServices.vertx().setTimer(RETRY_MILLIS, ignored -> registerAgain(mine));
            });
  }

  /** Adds to the time that the machine was suspended; the next registration reports it. */
  void suspended(Duration length) {
    suspended = suspended.plus(length);
  }

  private void registerAgain(long last) {
    if (last == registrations) {
      register();
    }
  }

  private Future<Void> publishHello() {
    MachineHello hello =
        MachineHelloBuilder.builder()
            .machineId(agentServices.machineId())
            .session(session)
            // another host name alone must not rename the machine
            .name(settings.named() ? settings.name() : null)
            .hostname(hostname)
            .ip(MachineAddress.ip())
            .facts(facts)
            .labels(settings.labels())
            .slots(settings.slots())
            .agentVersion(AgentVersion.text())
            .tasks(commandHandler.running())
            .suspendedSeconds(suspended.toSeconds())
            .build();
    Duration reported = suspended;
    return publish(MessageTypes.MACHINE_REGISTERED, hello)
        .onSuccess(ok -> suspended = suspended.minus(reported));
  }

  /**
   * Tells the server that the agent has left: the last message. Without it the server takes the
   * machine for present until its lease ends.
   */
  Future<Void> publishGone() {
    registrations++;
    left = true;
    return publish(
        MessageTypes.MACHINE_GONE,
        new MachineGone(agentServices.machineId(), session, "the agent has left"));
  }

  /** Sends a heartbeat, unless the one before it is still under way. */
  Future<Void> heartbeat() {
    if (heartbeatUnderWay) {
      return Future.succeededFuture();
    }
    heartbeatUnderWay = true;
    Path work = settings.data();
    return agentServices
        .disk()
        .executeBlocking(() -> HeartbeatData.measure(work, agentServices.room()), false)
        .compose(this::publishHeartbeat)
        .onFailure(e -> log.debug("heartbeat not delivered [reason: {}]", e.getMessage()))
        .onComplete(done -> heartbeatUnderWay = false);
  }

  private Future<Void> publishHeartbeat(HeartbeatData heartbeatData) {
    if (left) {
      return Future.succeededFuture(); // a heartbeat after the last message would undo it
    }
    commandHandler.roomChanged();
    MachineHeartbeat heartbeat =
        new MachineHeartbeat(
            agentServices.machineId(),
            session,
            heartbeatData.load(),
            heartbeatData.diskFree(),
            time.wall().millis(),
            commandHandler.leaving(),
            commandHandler.running(),
            heartbeatData.trouble());
    return publish(MessageTypes.MACHINE_HEARTBEAT, heartbeat);
  }

  private Future<Void> publish(String type, Object payload) {
    return broker.publish(
        QueueNames.REGISTRATION,
        MessageEnvelope.of(type, MessageSource.ofAgent(agentServices.machineId()), payload)
            .encode());
  }
}
