package io.cta.bench.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named figures of one run, in the order in which they are shown. */
public final class Figures {
  private final Map<String, Double> values = new LinkedHashMap<>();

  public Figures put(String name, double value) {
    values.put(name, value);
    return this;
  }

  public Map<String, Double> values() {
    return java.util.Collections.unmodifiableMap(values);
  }

  /** Of each figure the median of the runs that have it. */
  public static Figures medians(List<Figures> runs) {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (Figures run : runs) {
      run.values.forEach((name, v) -> all.computeIfAbsent(name, n -> new ArrayList<>()).add(v));
    }
    Figures medians = new Figures();
    all.forEach((name, values) -> medians.put(name, Medians.of(values)));
    return medians;
  }
}
