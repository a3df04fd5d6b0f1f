package io.cta.bench.process;

/**
 * A line of {@code /proc/PID/stat}, or of a thread's {@code /proc/PID/task/TID/stat}.
 *
 * @param ticks processor time in user and system mode, in hundredths of a second
 */
record ProcessStat(long id, String name, long ticks) {
  /** The index of a field after the name, counted from 0. */
  private static final int USER_FIELD = 11;

  private static final int SYSTEM_FIELD = 12;

  /** Parses the line. The name is in parentheses and may itself contain blanks and parentheses. */
  static ProcessStat parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 0 || close < open) {
      throw new IllegalArgumentException("no stat line: " + line);
    }
    String[] rest = line.substring(close + 1).trim().split(" +");
    if (rest.length <= SYSTEM_FIELD) {
      throw new IllegalArgumentException("a stat line with too few fields: " + line);
    }
    return new ProcessStat(
        Long.parseLong(line.substring(0, open).trim()),
        line.substring(open + 1, close),
        Long.parseLong(rest[USER_FIELD]) + Long.parseLong(rest[SYSTEM_FIELD]));
  }
}
