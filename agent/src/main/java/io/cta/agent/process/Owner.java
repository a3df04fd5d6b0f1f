package io.cta.agent.process;

import java.nio.charset.StandardCharsets;

/**
 * The task attempt that processes belong to. It is in the environment of each of them, which is how
 * those that left their group are found.
 */
public record Owner(String taskId, int attempt) {
  public static final String TASK = "CTA_TASK_ID";
  public static final String ATTEMPT = "CTA_ATTEMPT";

  /** Whether an environment block, entries ended by NUL, names this owner. */
  boolean isIn(byte[] environment) {
    String text = "\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0";
    return text.contains("\0" + TASK + "=" + taskId + "\0")
        && text.contains("\0" + ATTEMPT + "=" + attempt + "\0");
  }
}
