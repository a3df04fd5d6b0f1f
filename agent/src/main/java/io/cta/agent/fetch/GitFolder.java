package io.cta.agent.fetch;

import java.util.Arrays;
import java.util.List;

/** The folder of a repository that an input or an output names. Pure. */
public final class GitFolder {
  private GitFolder() {}

  /** Its directories, from the top down. */
  public static List<String> parts(String folder) {
    return Arrays.stream(folder.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .toList();
  }
}
