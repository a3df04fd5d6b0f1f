package io.cta.server.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Envelope;
import io.cta.message.Types;
import io.cta.server.sim.RandomPayload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever an agent says of a task is understood or refused by its field. */
@Timeout(60)
class ArrivalsFuzzTest {
  private static final List<String> EVENTS =
      List.of(
          Types.TASK_ACKED,
          Types.TASK_ASKED,
          Types.TASK_STARTED,
          Types.TASK_ENDED,
          Types.TASK_DECLINED,
          Types.STATUSES_REPORTED,
          Types.LOG_WRITTEN,
          Types.MACHINE_GONE);

  @Test
  void anEventIsReadOrRefused() {
    RandomPayload payloads = new RandomPayload(29);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    for (int i = 0; i < 200_000 && System.nanoTime() < end; i++) {
      Envelope envelope = Envelope.of(payloads.pick(EVENTS), "agent/m1", payloads.next());
      try {
        Arrivals.read(envelope).weight();
      } catch (ServiceFailure e) {
        assertEquals(ErrorCode.INVALID, e.code(), e.getMessage());
      }
    }
  }
}
