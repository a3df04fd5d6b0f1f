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

/** Stores what a hello says of a machine; a new name only when no other machine has it. */
final class HelloWriter {
  private static final Logger log = LoggerFactory.getLogger(HelloWriter.class);

  private final MachineRegistry records;

  HelloWriter(MachineRegistry records) {
    this.records = records;
  }

  /**
   * @param more what else changes with it
   */
  Future<Void> write(
      MachineSession machineSession, MachineHello hello, Instant now, UnaryOperator<Machine> more) {
    String before = machineSession.machine().name();
    UnaryOperator<Machine> renamed = m -> HelloMapper.again(m, hello, now);
    return records
        .change(machineSession, m -> more.apply(renamed.apply(m)))
        .onSuccess(v -> sayName(machineSession.machine(), before))
        .recover(
            e -> {
              if (!isTaken(e)) {
                return Future.failedFuture(e);
              }
              log.warn(
                  "machine keeps its name, another one has that of its agent [machine: {}, name: {},"
                      + " asked: {}]",
                  hello.machineId(),
                  before,
                  hello.name());
              return records.change(
                  machineSession, m -> more.apply(MachineNaming.refused(m, renamed.apply(m))));
            });
  }

  private static void sayName(Machine machine, String before) {
    if (!machine.name().equals(before)) {
      log.info(
          "machine has a new name, as its agent asked [machine: {}, name: {}, before: {}]",
          machine.id(),
          machine.name(),
          before);
    }
  }

  private static boolean isTaken(Throwable e) {
    return e instanceof ServiceFailure known && known.code() == ErrorCode.DUPLICATE;
  }
}
