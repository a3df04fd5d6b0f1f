package io.cta.bench.process;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the figures of one run, or those of two side by side with their ratio. */
public final class FigureTable {
  private final PrintStream out;

  public FigureTable(PrintStream out) {
    this.out = out;
  }

  public void print(FigureSet figureSet) {
    figureSet.values().forEach((name, value) -> out.printf("  %-52s %12s%n", name, text(value)));
  }

  /**
   * @param names titles of the two columns
   */
  public void compare(List<String> names, FigureSet first, FigureSet second) {
    out.printf("  %-52s %12s %12s %8s%n", "", names.get(0), names.get(1), "ratio");
    Map<String, Double> others = second.values();
    first
        .values()
        .forEach(
            (name, value) -> {
              Double other = others.get(name);
              if (other != null) {
                String ratio = value == 0 ? "-" : text(other / value);
                out.printf("  %-52s %12s %12s %8s%n", name, text(value), text(other), ratio);
              }
            });
  }

  /** Formats a number with three significant digits. */
  static String text(double value) {
    double size = Math.abs(value);
    String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, value);
  }
}
