package io.cta.agent.push;

import io.cta.agent.fetch.GitFolder;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of files in a repository: what git takes for its own directory on some system is
 * percent-encoded, like what {@link OutputNames} encodes. Pure.
 */
final class GitFileNames {
  /** See verify_path in git's read-cache.c: names that systems take for {@code .git}. */
  private static final Pattern OWN = Pattern.compile("(?i)(\\.git|git~1)[ .]*");

  private GitFileNames() {}

  static String of(String name) {
    return Arrays.stream(name.split("/"))
        .map(part -> OWN.matcher(part).matches() ? encoded(part) : part)
        .collect(Collectors.joining("/"));
  }

  /** The folder with a slash at its end; empty for none. */
  static String folder(String folder) {
    if (folder == null) {
      return "";
    }
    return GitFolder.parts(folder).stream().map(part -> part + "/").collect(Collectors.joining());
  }

  private static String encoded(String part) {
    return "%%%02X".formatted((int) part.charAt(0)) + part.substring(1);
  }
}
