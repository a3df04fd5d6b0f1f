package io.cta.bench.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named figures of one run, in the order in which they are shown. */
public final class FigureSet {
  private final Map<String, Double> values = new LinkedHashMap<>();

  public FigureSet put(String name, double value) {
    values.put(name, value);
    return this;
  }

  public Map<String, Double> values() {
    return java.util.Collections.unmodifiableMap(values);
  }

  /** Returns for each figure the median of the runs that have it. */
  public static FigureSet medians(List<FigureSet> runs) {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (FigureSet run : runs) {
      run.values.forEach((name, v) -> all.computeIfAbsent(name, n -> new ArrayList<>()).add(v));
    }
    FigureSet medians = new FigureSet();
    all.forEach((name, values) -> medians.put(name, MedianCalculator.of(values)));
    return medians;
  }
}
