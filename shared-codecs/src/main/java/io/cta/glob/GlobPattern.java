package io.cta.glob;

import java.util.BitSet;

/**
 * A pattern of paths below a directory, as Ant and Git know them: {@code *} and {@code ?} stay
 * within a name, {@code **} stands for any number of directories (none included), {@code {a,b}} and
 * {@code [a-z]} choose. Time to match grows with the length of path and pattern only, whatever the
 * pattern is. Immutable.
 */
public final class GlobPattern {
  public static final int MAX_CHARS = 1000;

  private final String text;
  private final GlobProgram program;
  private final String literal;
  private final String root;

  private GlobPattern(String text, GlobProgram program, String literal, String root) {
    this.text = text;
    this.program = program;
    this.literal = literal;
    this.root = root;
  }

  /**
   * @throws IllegalArgumentException when it is not a valid pattern; the message continues the
   *     words "the pattern"
   */
  public static GlobPattern of(String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("must not be longer than " + MAX_CHARS + " characters");
    }
    String glob = normal(text.strip());
    GlobParser parser = new GlobParser(glob);
    GlobProgram program = parser.parse();
    return new GlobPattern(text, program, parser.literal(), root(glob));
  }

  /** Whether a path, its names separated by {@code /}, matches. */
  public boolean matches(String path) {
    return program.accepts(program.advance(program.start(), path));
  }

  /**
   * The position of the match after the directories of {@link #root}, for callers that walk a
   * directory tree.
   */
  public BitSet atRoot() {
    return root.isEmpty() ? program.start() : enter(program.start(), root);
  }

  /** The position one directory further down; empty when nothing below it can match. */
  public BitSet enter(BitSet at, String directory) {
    return program.advance(program.advance(at, directory), "/");
  }

  /** Whether a file of that name matches in the directory of that position. */
  public boolean matches(BitSet at, String file) {
    return program.accepts(program.advance(at, file));
  }

  /** The path of directories above every match, or "" when there is none. */
  public String root() {
    return root;
  }

  /** The only path that matches, or null when the pattern has a choice. */
  public String exactPath() {
    return literal;
  }

  @Override
  public String toString() {
    return text;
  }

  /** Checks the pattern and drops what changes nothing: a {@code ./} in front, doubled slashes. */
  private static String normal(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must not contain a NUL character");
    }
    if (text.startsWith("/") || text.matches("[A-Za-z]:[\\\\/].*")) {
      throw new IllegalArgumentException("must be relative to the workspace");
    }
    String glob = text.replaceAll("/{2,}", "/").replaceAll("(?<=/)(\\./)+", "");
    while (glob.startsWith("./")) {
      glob = glob.substring(2);
    }
    for (String name : glob.split("/")) {
      if (name.equals("..")) {
        throw new IllegalArgumentException("must not leave the workspace by \"..\"");
      }
    }
    if (glob.isEmpty() || glob.equals(".")) {
      throw new IllegalArgumentException("must name files");
    }
    return glob.endsWith("/") ? glob + "**" : glob;
  }

  private static String root(String glob) {
    int end = 0;
    for (int i = 0; i < glob.length() && "*?[{\\".indexOf(glob.charAt(i)) < 0; i++) {
      end = glob.charAt(i) == '/' ? i : end;
    }
    return glob.substring(0, end);
  }
}
