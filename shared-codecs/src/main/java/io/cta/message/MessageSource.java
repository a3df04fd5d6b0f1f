package io.cta.message;

/** The sender that a message's envelope names. Pure. */
public final class MessageSource {
  public static final String SERVER = "server";
  public static final String GATEWAY = "gateway";

  private static final String AGENT = "agent/";

  private MessageSource() {}

  /** The agent of a machine. */
  public static String ofAgent(String machineId) {
    return AGENT + machineId;
  }

  /**
   * The id of the machine whose agent is the source; null when the source is no agent.
   *
   * @param source may be null
   */
  public static String machineOf(String source) {
    return source != null && source.startsWith(AGENT) ? source.substring(AGENT.length()) : null;
  }
}
