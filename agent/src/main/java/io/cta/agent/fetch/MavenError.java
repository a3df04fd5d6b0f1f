package io.cta.agent.fetch;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The error in Maven's output about an artifact, in one line.
 *
 * @param absent true when no repository has the artifact, so that another try is useless
 */
record MavenError(String text, boolean absent) {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern GOAL =
      Pattern.compile("Failed to execute goal .*? on project [^:]*: |^\\[ERROR\\] ");
  private static final List<String> ABSENT = List.of("Could not find artifact", "was not found in");

  static MavenError of(String output) {
    String plain = COLOUR.matcher(output).replaceAll("");
    String line =
        plain
            .lines()
            .filter(l -> l.startsWith("[ERROR] ") && l.length() > "[ERROR] ".length())
            .findFirst()
            .orElse(plain.strip());
    String text = GOAL.matcher(line).replaceAll("").replaceFirst(" -> \\[Help 1\\].*", "").strip();
    return new MavenError(text, ABSENT.stream().anyMatch(text::contains));
  }
}
