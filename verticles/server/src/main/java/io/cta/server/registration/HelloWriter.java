package io.cta.server.registration;

import io.cta.domain.Machine;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MachineHello;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores what a hello reports of a machine; a new name only if no other machine has it. */
final class HelloWriter {
  private static final Logger log = LoggerFactory.getLogger(HelloWriter.class);

  private final MachineRegistry registry;

  HelloWriter(MachineRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param more changes to be stored with it
   */
  Future<Void> write(
      MachineSession machineSession, MachineHello hello, Instant now, UnaryOperator<Machine> more) {
    String before = machineSession.machine().name();
    UnaryOperator<Machine> renamed = m -> HelloMapper.updated(m, hello, now);
    return registry
        .change(machineSession, m -> more.apply(renamed.apply(m)))
        .onSuccess(v -> logRename(machineSession.machine(), before))
        .recover(
            e -> {
              if (!isTaken(e)) {
                return Future.failedFuture(e);
              }
              log.warn(
                  "machine keeps its name, another machine has the one its agent asks for [machine:"
                      + " {}, name: {}, asked: {}]",
                  hello.machineId(),
                  before,
                  hello.name());
              return registry.change(
                  machineSession, m -> more.apply(MachineNaming.refused(m, renamed.apply(m))));
            });
  }

  private static void logRename(Machine machine, String before) {
    if (!machine.name().equals(before)) {
      log.info(
          "machine has a new name, as its agent asked [machine: {}, name: {}, before: {}]",
          machine.id(),
          machine.name(),
          before);
    }
  }

  private static boolean isTaken(Throwable e) {
    return ServiceFailure.is(e, ErrorCode.DUPLICATE);
  }
}
