package io.cta.server.cron;

import java.util.TreeSet;

/**
 * The field of seconds of a cron rule, such as {@code 0}, {@code *&#47;5} or {@code 1,10-20}. Pure.
 */
final class SecondsField {
  private static final int LAST = 59;

  private SecondsField() {}

  /** Its values; throws IllegalArgumentException when it has none or is wrong. */
  static TreeSet<Integer> values(String field) {
    TreeSet<Integer> out = new TreeSet<>();
    for (String part : field.split(",", -1)) {
      String[] stepped = part.split("/", -1);
      String[] ends = stepped[0].split("-", -1);
      boolean all = stepped[0].equals("*");
      int from = all ? 0 : number(ends[0], 0);
      int to = ends.length == 2 ? number(ends[1], from) : all || stepped.length == 2 ? LAST : from;
      int step = stepped.length == 2 ? number(stepped[1], 1) : 1;
      if (stepped.length > 2 || ends.length > 2) {
        throw new IllegalArgumentException("wrong seconds: " + field);
      }
      for (int second = from; second <= to; second += step) {
        out.add(second);
      }
    }
    return out;
  }

  private static int number(String text, int least) {
    if (!text.matches("\\d{1,2}")
        || Integer.parseInt(text) > LAST
        || Integer.parseInt(text) < least) {
      throw new IllegalArgumentException("seconds are 0 to 59");
    }
    return Integer.parseInt(text);
  }
}
