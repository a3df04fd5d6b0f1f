package io.cta.message;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;

/**
 * Whose an event is. Its source says so; a machine that the payload names must be the same one.
 * Pure.
 */
public final class EventSender {
  /** Longer ids are nobody's. */
  public static final int MAX_ID_CHARS = 1_000;

  private EventSender() {}

  /**
   * The id of the machine that an event is of: its agent is the source, except that {@code
   * machine.gone} may come from the gateway that held the connection. Throws INVALID for an event
   * of nobody, or of two machines.
   */
  public static String machineOf(EnvelopeOutline event) {
    String sender = event.sender();
    String named = event.machineId();
    if (sender != null && named != null && !sender.equals(named)) {
      throw invalid(event, "agent " + sender + " speaks for machine " + named);
    }
    String machineId = sender == null && isGatewaysWord(event) ? named : sender;
    if (machineId == null || machineId.isBlank()) {
      throw invalid(event, "its source is no agent");
    }
    if (machineId.length() > MAX_ID_CHARS) {
      throw invalid(event, "no machine has an id of " + machineId.length() + " characters");
    }
    return machineId;
  }

  /**
   * Throws FORBIDDEN unless the event is of the machine's own agent. Output names its machine in
   * the source only.
   */
  public static void requireAgentOf(String machineId, EnvelopeOutline event) {
    boolean unnamed = event.machineId() == null && MessageTypes.LOG_WRITTEN.equals(event.type());
    if (!unnamed && !machineId.equals(event.machineId())) {
      throw foreign("machineId is not " + machineId);
    }
    if (!machineId.equals(event.sender())) {
      throw foreign("source is not " + MessageSource.ofAgent(machineId));
    }
  }

  private static boolean isGatewaysWord(EnvelopeOutline event) {
    return MessageTypes.MACHINE_GONE.equals(event.type())
        && MessageSource.GATEWAY.equals(event.source());
  }

  private static ServiceFailure invalid(EnvelopeOutline event, String why) {
    return new ServiceFailure(ErrorCode.INVALID, event.type() + ": " + why);
  }

  private static ServiceFailure foreign(String why) {
    return new ServiceFailure(ErrorCode.FORBIDDEN, "a machine speaks for itself only: " + why);
  }
}
