package io.cta.server.bridge;

import static io.cta.message.Types.LOG_WRITTEN;
import static io.cta.message.Types.MACHINE_GONE;
import static io.cta.message.Types.MACHINE_HEARTBEAT;
import static io.cta.message.Types.MACHINE_REGISTERED;
import static io.cta.message.Types.STATUSES_REPORTED;
import static io.cta.message.Types.TASK_ACKED;
import static io.cta.message.Types.TASK_ASKED;
import static io.cta.message.Types.TASK_DECLINED;
import static io.cta.message.Types.TASK_ENDED;
import static io.cta.message.Types.TASK_STARTED;

import io.cta.broker.Rejected;
import io.cta.bus.Addresses;
import io.cta.message.Envelope;
import java.util.Set;

/** Which service is asked about an envelope. */
record Routes(int partitions) {
  private static final Set<String> MACHINES =
      Set.of(MACHINE_REGISTERED, MACHINE_HEARTBEAT, MACHINE_GONE);
  private static final Set<String> TASKS =
      Set.of(
          TASK_ACKED,
          TASK_ASKED,
          TASK_STARTED,
          TASK_ENDED,
          TASK_DECLINED,
          STATUSES_REPORTED,
          LOG_WRITTEN);

  /** The address, or {@link Rejected} when there is none for it. */
  String address(Envelope envelope) {
    if (MACHINES.contains(envelope.type())) {
      return Addresses.REGISTRATION_RECEIVE;
    }
    if (!TASKS.contains(envelope.type())) {
      throw new Rejected("unknown type " + envelope.type());
    }
    if (envelope.payload().getValue("executionId") instanceof String executionId) {
      return Addresses.tracking(Addresses.partition(executionId, partitions));
    }
    throw new Rejected("the payload of " + envelope.type() + " has no executionId");
  }
}
