package io.cta.agent;

import io.cta.agent.intake.Intake;
import io.cta.agent.machine.Address;
import io.cta.agent.machine.Pulse;
import io.cta.agent.run.Host;
import io.cta.broker.Broker;
import io.cta.message.Envelope;
import io.cta.message.Heartbeat;
import io.cta.message.MachineGone;
import io.cta.message.MachineHello;
import io.cta.message.MessageSource;
import io.cta.message.Queues;
import io.cta.message.Types;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who is here at every connection, and that it is still here. Event loop only. */
final class Registration {
  private static final Logger log = LoggerFactory.getLogger(Registration.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final Host host;
  private final Broker broker;
  private final Intake intake;
  private final Settings settings;
  private final String session;
  private final String hostname;
  private final Map<String, List<String>> facts;
  private final TimeSource time;
  private Duration suspended = Duration.ZERO;
  private long hellos;
  private boolean beating;
  private boolean left;

  Registration(
      Host host,
      Broker broker,
      Intake intake,
      Settings settings,
      String session,
      String hostname,
      Map<String, List<String>> facts,
      TimeSource time) {
    this.time = time;
    this.host = host;
    this.broker = broker;
    this.intake = intake;
    this.settings = settings;
    this.session = session;
    this.hostname = hostname;
    this.facts = facts;
  }

  /** Says who is here, again until it is heard; a later call takes the place of an earlier one. */
  void hello() {
    long mine = ++hellos;
    greet()
        .onSuccess(ok -> log.info("registered [machine: {}]", host.machineId()))
        .onFailure(
            e -> {
              log.warn("not registered yet [reason: {}]", e.getMessage());
              host.vertx().setTimer(AGAIN_MILLIS, ignored -> again(mine));
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
        new MachineHello(
            host.machineId(),
            session,
            // a host that is called something else is no reason to rename its machine
            settings.named() ? settings.name() : null,
            hostname,
            Address.ip(),
            facts,
            settings.labels(),
            settings.slots(),
            Version.text(),
            intake.running(),
            suspended.toSeconds());
    Duration said = suspended;
    return publish(Types.MACHINE_REGISTERED, hello)
        .onSuccess(ok -> suspended = suspended.minus(said));
  }

  /** The last word: without it the server believes in the machine for as long as its lease. */
  Future<Void> gone() {
    hellos++;
    left = true;
    return publish(
        Types.MACHINE_GONE, new MachineGone(host.machineId(), session, "the agent has left"));
  }

  /** One heartbeat, unless the one before it is still on its way. */
  Future<Void> beat() {
    if (beating) {
      return Future.succeededFuture();
    }
    beating = true;
    Path work = settings.data();
    return host.disk()
        .executeBlocking(() -> Pulse.take(work, host.room()), false)
        .compose(this::beat)
        .onFailure(e -> log.debug("heartbeat not delivered [reason: {}]", e.getMessage()))
        .onComplete(done -> beating = false);
  }

  private Future<Void> beat(Pulse pulse) {
    if (left) {
      return Future.succeededFuture(); // a sign of life behind the last word would undo it
    }
    intake.roomChanged();
    Heartbeat heartbeat =
        new Heartbeat(
            host.machineId(),
            session,
            pulse.load(),
            pulse.diskFree(),
            time.wall().millis(),
            intake.leaving(),
            intake.running(),
            pulse.trouble());
    return publish(Types.MACHINE_HEARTBEAT, heartbeat);
  }

  private Future<Void> publish(String type, Object payload) {
    return broker.publish(
        Queues.REGISTRATION,
        Envelope.of(type, MessageSource.ofAgent(host.machineId()), payload).encode());
  }
}
