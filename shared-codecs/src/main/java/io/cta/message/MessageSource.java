package io.cta.message;

/** Who a message is from, as its envelope says. Pure. */
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
   * The id of the machine whose agent it is; null when it is no agent.
   *
   * @param source may be null
   */
  public static String machineOf(String source) {
    return source != null && source.startsWith(AGENT) ? source.substring(AGENT.length()) : null;
  }
}
