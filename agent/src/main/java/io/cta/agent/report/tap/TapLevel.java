package io.cta.agent.report.tap;

import java.util.ArrayList;
import java.util.List;

/** The tests at one depth: those of the file, or those of a subtest whose name comes after them. */
final class TapLevel {
  private final int indent;
  private final List<TapCase> kept = new ArrayList<>();
  private long planned = -1;
  private long seen;

  TapLevel(int indent) {
    this.indent = indent;
  }

  int indent() {
    return indent;
  }

  void plan(long count) {
    planned = count;
  }

  boolean hasPlan() {
    return planned >= 0;
  }

  boolean isEmpty() {
    return planned < 0 && seen == 0;
  }

  /** Counts a test, which need not be kept. */
  void count() {
    seen++;
  }

  List<TapCase> kept() {
    return kept;
  }

  /** How its plan contradicts its tests, or null. */
  String contradiction() {
    return planned < 0 || planned == seen
        ? null
        : "its plan is of " + planned + " tests, and it has " + seen;
  }
}
