package io.cta.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The task attempt that processes belong to. It is in the environment of each of them, so that
 * those that left their group are found.
 *
 * @param work the directory of this agent's workspaces; it tells this agent from another one on
 *     this host that knows of the same attempt, because one data directory was copied from the
 *     other. Or null
 */
public record ProcessOwner(String taskId, int attempt, Path work) {
  public static final String TASK = "CTA_TASK_ID";
  public static final String ATTEMPT = "CTA_ATTEMPT";
  public static final String WORKSPACE = "CTA_WORKSPACE";

  public ProcessOwner(String taskId, int attempt) {
    this(taskId, attempt, null);
  }

  /** Whether an environment block, entries ended by NUL, names this owner. */
  boolean isIn(byte[] environment) {
    String text = text(environment);
    return text.contains("\0" + TASK + "=" + taskId + "\0")
        && text.contains("\0" + ATTEMPT + "=" + attempt + "\0")
        && !isOfAnother(environment);
  }

  /** Whether the block names a workspace. */
  boolean namesWorkspace(byte[] environment) {
    return workspace(text(environment)) != null;
  }

  /**
   * Whether the block names a workspace that exists and is another agent's. One that does not exist
   * any more was this agent's before its data directory was moved.
   */
  boolean isOfAnother(byte[] environment) {
    String value = workspace(text(environment));
    if (value == null) {
      return false;
    }
    try {
      Path dir =
          Path.of(new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
      return Files.isDirectory(dir) && isElsewhere(dir.toRealPath());
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  /** Whether a directory, given by its real path, is not among this agent's workspaces. */
  boolean isElsewhere(Path dir) {
    try {
      return work != null && !(Files.exists(work) && dir.startsWith(work.toRealPath()));
    } catch (IOException e) {
      return false;
    }
  }

  /** The workspace; null when the environment names none. */
  private static String workspace(String environment) {
    String entry = "\0" + WORKSPACE + "=";
    int at = environment.indexOf(entry);
    return at < 0
        ? null
        : environment.substring(at + entry.length(), environment.indexOf('\0', at + 1));
  }

  private static String text(byte[] environment) {
    return "\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0";
  }
}
