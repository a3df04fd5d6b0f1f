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

/** Says who is here at every connection, and that it is still here. Event loop only. */
final class MachineRegistration {
  private static final Logger log = LoggerFactory.getLogger(MachineRegistration.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final AgentServices agentServices;
  private final MessageBroker broker;
  private final CommandHandler commandHandler;
  private final AgentSettings settings;
  private final String session;
  private final String hostname;
  private final Map<String, List<String>> facts;
  private final TimeSource time;
  private Duration suspended = Duration.ZERO;
  private long hellos;
  private boolean beating;
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

  /** Says who is here, again until it is heard; a later call takes the place of an earlier one. */
  void hello() {
    long mine = ++hellos;
    greet()
        .onSuccess(ok -> log.info("registered [machine: {}]", agentServices.machineId()))
        .onFailure(
            e -> {
              log.warn("not registered yet [reason: {}]", e.getMessage());
              agentServices.vertx().setTimer(AGAIN_MILLIS, ignored -> again(mine));
            });
  }

  /** The machine stood still for so long: its next hello says so. */
  void suspended(Duration length) {
    suspended = suspended.plus(length);
  }

  private void again(long last) {
    if (last == hellos) {
      hello();
    }
  }

  private Future<Void> greet() {
    MachineHello hello =
        MachineHelloBuilder.builder()
            .machineId(agentServices.machineId())
            .session(session)
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
    Duration said = suspended;
    return publish(MessageTypes.MACHINE_REGISTERED, hello)
        .onSuccess(ok -> suspended = suspended.minus(said));
  }

  /** The last word: without it the server believes in the machine for as long as its lease. */
  Future<Void> gone() {
    hellos++;
    left = true;
    return publish(
        MessageTypes.MACHINE_GONE,
        new MachineGone(agentServices.machineId(), session, "the agent has left"));
  }

  /** One heartbeat, unless the one before it is still on its way. */
  Future<Void> beat() {
    if (beating) {
      return Future.succeededFuture();
    }
    beating = true;
    Path work = settings.data();
    return agentServices
        .disk()
        .executeBlocking(() -> HeartbeatData.take(work, agentServices.room()), false)
        .compose(this::beat)
        .onFailure(e -> log.debug("heartbeat not delivered [reason: {}]", e.getMessage()))
        .onComplete(done -> beating = false);
  }

  private Future<Void> beat(HeartbeatData heartbeatData) {
    if (left) {
      return Future.succeededFuture(); // a sign of life behind the last word would undo it
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
