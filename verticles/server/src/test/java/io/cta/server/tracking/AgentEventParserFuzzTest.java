package io.cta.server.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bus.ReceivedEvent;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.server.sim.RandomPayload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any event about a task is either parsed or refused with the name of a field. */
@Timeout(60)
class AgentEventParserFuzzTest {
  private static final List<String> EVENTS =
      List.of(
          MessageTypes.TASK_ACKED,
          MessageTypes.TASK_ASKED,
          MessageTypes.TASK_STARTED,
          MessageTypes.TASK_ENDED,
          MessageTypes.TASK_DECLINED,
          MessageTypes.STATUSES_REPORTED,
          MessageTypes.LOG_WRITTEN,
          MessageTypes.MACHINE_GONE);

  @Test
  void anyEventIsParsedOrRefused() {
    RandomPayload payloads = new RandomPayload(29);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    for (int i = 0; i < 200_000 && System.nanoTime() < end; i++) {
      MessageEnvelope envelope =
          MessageEnvelope.of(payloads.pick(EVENTS), "agent/m1", payloads.next());
      try {
        AgentEventParser.read(new ReceivedEvent("m1", envelope)).weight();
      } catch (ServiceFailure e) {
        assertEquals(ErrorCode.INVALID, e.code(), e.getMessage());
      }
    }
  }
}
