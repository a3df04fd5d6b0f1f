package io.cta.cli.explain;

import io.cta.text.TextCut;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the lines of a failure's text that tell something: not a bare "Failed", not a bare path, no
 * ruler. Pure.
 */
public final class TellingLines {
  private static final int MAX_CHARS = 300;

  /** Words that say no more than that something failed. */
  private static final Pattern BARE =
      Pattern.compile(
          "(?i)(test )?(failed|failure|fail|error|errors|exception|collection failure|stderr|stdout"
              + "|captured (stdout|stderr)( call)?|assertion ?error|unexpected error|null)[:.!]?");

  /** A path, with or without a line and a column. */
  private static final Pattern PATH =
      Pattern.compile(
          "(at )?[\\w.$@~+-]*[/\\\\][^\\s]*?(:\\d+){0,2}:?|[\\w-]+\\.[a-z]{1,4}(:\\d+){1,2}:?");

  /** Where a stack trace begins, or a program says only the place of its trouble. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?i)thread '.*' panicked at .*:\\d+:\\d+:|file \".*\", line \\d+.*|at .*\\(.*:\\d+\\)");

  private TellingLines() {}

  /**
   * The first telling line and those after it.
   *
   * @param max most lines in all
   */
  public static List<String> of(String text, int max) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    List<String> lines = text.strip().lines().map(String::stripTrailing).toList();
    int first = 0;
    while (first < lines.size() && !tells(lines.get(first).strip())) {
      first++;
    }
    List<String> out = new ArrayList<>();
    for (String line : lines.subList(first == lines.size() ? 0 : first, lines.size())) {
      if (out.size() == max) {
        break;
      }
      if (!line.isBlank()) {
        out.add(TextCut.marked(line, MAX_CHARS));
      }
    }
    return out;
  }

  private static boolean tells(String line) {
    return line.chars().anyMatch(Character::isLetterOrDigit)
        && !BARE.matcher(line).matches()
        && !PATH.matcher(line).matches()
        && !PLACE.matcher(line).matches();
  }
}
