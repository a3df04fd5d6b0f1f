package io.cta.server.gateway;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Envelope;
import io.cta.message.Queues;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What an agent may do with queues: speak for its own machine, and hear what is meant for it. */
final class Rights {
  private static final Set<String> WRITABLE =
      Set.of(Queues.REGISTRATION, Queues.STATES, Queues.RESULTS, Queues.LOGS);
  private static final byte[] KEY = "\"machineId\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int LOOKED_AT = 2048;

  private final String machineId;
  private final byte[] machineIdBytes;
  private final Admission admission;

  Rights(String machineId, Admission admission) {
    this.machineId = machineId;
    this.machineIdBytes = (machineId + '"').getBytes(StandardCharsets.UTF_8);
    this.admission = admission;
  }

  /** Throws a FORBIDDEN or INVALID failure unless the agent may publish this. */
  void publish(String queue, Buffer message) {
    if (!WRITABLE.contains(queue)) {
      throw new ServiceFailure(ErrorCode.FORBIDDEN, "agents may not publish to " + queue);
    }
    boolean own = queue.equals(Queues.REGISTRATION) ? namesItself(message) : namesNoOther(message);
    if (!own) {
      throw new ServiceFailure(
          ErrorCode.FORBIDDEN, "a machine speaks for itself only: machineId is not " + machineId);
    }
  }

  /** Fails with FORBIDDEN unless the agent may read the queue. */
  Future<Void> subscribe(String queue) {
    if (queue.equals(Queues.machine(machineId))) {
      return Future.succeededFuture();
    }
    String executionId = Queues.executionOf(queue);
    if (executionId == null) {
      return forbidden(queue);
    }
    return admission
        .mayJoin(machineId, executionId)
        .compose(may -> may ? Future.succeededFuture() : forbidden(queue));
  }

  private Future<Void> forbidden(String queue) {
    return Future.failedFuture(
        new ServiceFailure(ErrorCode.FORBIDDEN, "machine " + machineId + " may not read " + queue));
  }

  /** Registrations are few and small: they are read. */
  private boolean namesItself(Buffer message) {
    return machineId.equals(Envelope.decode(message).payload().getValue("machineId"));
  }

  /**
   * The rest goes through unread: only the first mention of a machine near the beginning is looked
   * at. What a machine may say of a task is guarded by the attempt's token.
   */
  private boolean namesNoOther(Buffer message) {
    int end = Math.min(message.length(), LOOKED_AT);
    for (int i = 0; i + KEY.length <= end; i++) {
      if (matches(message, i, KEY)) {
        return matches(message, i + KEY.length, machineIdBytes);
      }
    }
    return true;
  }

  private static boolean matches(Buffer in, int at, byte[] expected) {
    if (at + expected.length > in.length()) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (in.getByte(at + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
