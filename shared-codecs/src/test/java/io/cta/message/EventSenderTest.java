package io.cta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose an event is, by its source and the machine that its payload names. */
class EventSenderTest {
  private static final String M1 = "m1";

  @ParameterizedTest
  @CsvSource({
    "task.acked, agent/m1, m1",
    "task.acked, agent/m1,",
    "log.written, agent/m1,",
    "machine.gone, agent/m1, m1",
    "machine.gone, gateway, m1",
  })
  void anEventIsOfTheMachineOfItsSource(String type, String source, String named) {
    assertEquals(M1, EventSender.machineOf(new EnvelopeOutline(type, source, named, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "task.acked, agent/m1, m2, agent m1 speaks for machine m2",
    "task.acked, agent/, , its source is no agent",
    "task.acked, , m1, its source is no agent",
    "task.acked, server, m1, its source is no agent",
    "task.acked, gateway, m1, its source is no agent",
    "machine.gone, server, m1, its source is no agent",
    "machine.gone, gateway, , its source is no agent",
  })
  void anEventOfNobodyOrOfTwoMachinesIsInvalid(
      String type, String source, String named, String why) {
    EnvelopeOutline event = new EnvelopeOutline(type, source, named, null);
    ServiceFailure no = assertThrows(ServiceFailure.class, () -> EventSender.machineOf(event));
    assertEquals(ErrorCode.INVALID, no.code());
    assertEquals(type + ": " + why, no.getMessage());
  }

  @Test
  void anEndlessIdIsNobodys() {
    String source = MessageSource.ofAgent("x".repeat(EventSender.MAX_ID_CHARS + 1));
    EnvelopeOutline event = new EnvelopeOutline("task.acked", source, null, null);
    assertThrows(ServiceFailure.class, () -> EventSender.machineOf(event));
  }

  @ParameterizedTest
  @CsvSource({
    "task.acked, agent/m1, m1,",
    "log.written, agent/m1, ,",
    "log.written, agent/m1, m1,",
    "log.written, agent/m1, m2, machineId is not m1",
    "log.written, agent/m2, , source is not agent/m1",
    "task.acked, agent/m1, , machineId is not m1",
    "task.acked, agent/m1, m2, machineId is not m1",
    "task.acked, agent/m2, m1, source is not agent/m1",
    "task.acked, , m1, source is not agent/m1",
    "machine.gone, gateway, m1, source is not agent/m1",
  })
  void atTheGatewayAMachineSpeaksForItselfOnly(
      String type, String source, String named, String why) {
    EnvelopeOutline event = new EnvelopeOutline(type, source, named, null);
    if (why == null) {
      EventSender.requireAgentOf(M1, event);
      return;
    }
    ServiceFailure no =
        assertThrows(ServiceFailure.class, () -> EventSender.requireAgentOf(M1, event));
    assertEquals(ErrorCode.FORBIDDEN, no.code());
    assertEquals("a machine speaks for itself only: " + why, no.getMessage());
  }
}
