package io.cta.agent.report;

import java.util.HashMap;
import java.util.Map;

/** Makes the names of cases unique: the second of a name becomes {@code name #2}. */
final class Names {
  private static final int MAX = 500;
  private final Map<String, Integer> seen = new HashMap<>();

  String unique(String name) {
    String bounded = Text.bounded(name, MAX);
    int n = seen.merge(bounded, 1, Integer::sum);
    return n == 1 ? bounded : bounded + " #" + n;
  }
}
