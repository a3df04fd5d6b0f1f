package io.cta.glob;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Parses the text of a pattern into the steps of a {@link GlobProgram}. */
final class GlobParser {
  private static final IntPredicate IN_NAME = c -> c != '/';
  private static final IntPredicate ANY = c -> true;

  private final String glob;
  private final GlobProgram program = new GlobProgram();
  private final StringBuilder literal = new StringBuilder();
  private boolean choice;
  private int at;

  GlobParser(String glob) {
    this.glob = glob;
  }

  GlobProgram parse() {
    sequence(0, true);
    program.finish();
    return program;
  }

  /** The only path that matches, or null when there is a choice. */
  String literal() {
    return choice ? null : literal.toString();
  }

  /** Reads up to the end of the text or, in a group, to its comma or brace. */
  private void sequence(int groups, boolean nameBegins) {
    boolean begins = nameBegins;
    while (at < glob.length()) {
      int c = glob.codePointAt(at);
      if (groups > 0 && (c == ',' || c == '}')) {
        return;
      }
      at += Character.charCount(c);
      switch (c) {
        case '*' -> stars(begins);
        case '?' -> take(IN_NAME);
        case '[' -> take(new GlobCharacterClass(glob, at).parse(end -> at = end));
        case '{' -> group(groups + 1, begins);
        case '\\' -> literal(escaped());
        default -> literal(c);
      }
      begins = c == '/' || c == '*' && glob.charAt(at - 1) == '/';
    }
  }

  private void literal(int c) {
    literal.appendCodePoint(c);
    program.take(other -> other == c);
  }

  private void take(IntPredicate test) {
    choice = true;
    program.take(test);
  }

  /**
   * One star stays within a name; {@code **} as a whole name may also stand for no directory at
   * all.
   */
  private void stars(boolean nameBegins) {
    choice = true;
    int first = at - 1;
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    boolean one = at - first == 1;
    boolean whole = !one && nameBegins;
    if (whole && at < glob.length() && glob.charAt(at) == '/') {
      at++;
      int fork = program.fork();
      repeat(ANY);
      program.take(c -> c == '/');
      program.fork(fork, fork + 1, program.size());
    } else if (whole && (at == glob.length() || ",}".indexOf(glob.charAt(at)) >= 0)) {
      program.take(ANY);
      repeat(ANY);
    } else {
      repeat(one ? IN_NAME : ANY);
    }
  }

  private void repeat(IntPredicate test) {
    int fork = program.fork();
    program.take(test);
    int back = program.fork();
    program.fork(fork, fork + 1, program.size());
    program.fork(back, fork, -1);
  }

  private void group(int groups, boolean nameBegins) {
    choice = true;
    if (groups > 20) {
      throw new IllegalArgumentException("must not nest braces deeper than 20");
    }
    List<Integer> ends = new ArrayList<>();
    while (true) {
      int fork = program.fork();
      sequence(groups, nameBegins);
      if (at == glob.length()) {
        throw new IllegalArgumentException("has a { without its }");
      }
      boolean more = glob.charAt(at++) == ',';
      ends.add(program.fork());
      program.fork(fork, fork + 1, more ? program.size() : -1);
      if (!more) {
        ends.forEach(end -> program.fork(end, program.size(), -1));
        return;
      }
    }
  }

  private int escaped() {
    if (at == glob.length()) {
      throw new IllegalArgumentException("must not end with a backslash");
    }
    int c = glob.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }
}
