package io.cta.server.cron;

import java.util.Locale;
import java.util.TreeSet;

/** Checks that the days of a valid cron rule exist in the calendar. Pure. */
final class CronDays {
  private static final int[] MAX_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final String MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

  private CronDays() {}

  /** False for a rule that no year ever meets, such as the 30th of February. */
  static boolean exist(String cron) {
    String[] fields = cron.strip().split("\\s+");
    if (fields.length != 5 || !(fields[4].startsWith("*") || fields[4].equals("?"))) {
      return true; // the day of the week comes every week, whatever the day of the month
    }
    if (fields[2].equals("?") || fields[2].contains("L")) {
      return true;
    }
    TreeSet<Integer> days = values(fields[2], 31);
    return values(fields[3], 12).stream().anyMatch(month -> days.first() <= MAX_DAYS[month - 1]);
  }

  /** The values of a field whose lowest value is 1, such as {@code 1,5-7,10/2}. */
  private static TreeSet<Integer> values(String field, int last) {
    TreeSet<Integer> out = new TreeSet<>();
    for (String part : field.split(",")) {
      String[] range = part.split("/", 2);
      int step = range.length == 2 ? Integer.parseInt(range[1]) : 1;
      String[] ends = range[0].split("-", 2);
      boolean all = ends[0].equals("*");
      int from = all ? 1 : number(ends[0]);
      int to = ends.length == 2 ? number(ends[1]) : all || range.length == 2 ? last : from;
      for (int i = from; i <= to; i += step) {
        out.add(i);
      }
    }
    return out;
  }

  private static int number(String text) {
    int name = text.length() == 3 ? MONTHS.indexOf(text.toUpperCase(Locale.ROOT)) : -1;
    return name >= 0 && !Character.isDigit(text.charAt(0)) ? name / 3 + 1 : Integer.parseInt(text);
  }
}
