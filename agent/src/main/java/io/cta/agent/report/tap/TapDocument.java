package io.cta.agent.report.tap;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Collects the tests of one TAP document. The line that ends a subtest is a case only when it says
 * more than the tests in it.
 */
final class TapDocument {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_KEPT = 10_000;

  private final String file;
  private final CaseSink sink;
  private final Deque<TapLevel> levels = new ArrayDeque<>();
  private TapCase pending;
  private boolean afterTest;
  private String wrong;

  TapDocument(String file, CaseSink sink) {
    this.file = file;
    this.sink = sink;
    levels.push(new TapLevel(0));
  }

  boolean isEmpty() {
    return levels.size() == 1 && levels.peek().isEmpty();
  }

  /** Whether the line before was a test line, so that a block may follow. */
  boolean isAfterTest() {
    return afterTest;
  }

  void comment(String text) {
    if (pending != null && !text.startsWith("Subtest:")) {
      pending.addText(text);
    }
  }

  void test(int indent, TapLine line) {
    flushPending();
    List<TapCase> children = enter(indent, line.name());
    TapLevel level = levels.peek();
    level.count();
    afterTest = true;
    if (children == null) {
      pending = new TapCase(line);
      return;
    }
    boolean childFailed = children.stream().anyMatch(TapCase::failed);
    if (line.todo() || line.skip()) {
      pending = new TapCase(line);
      return;
    }
    children.forEach(this::keep);
    if (!line.ok() && !childFailed) {
      pending = new TapCase(line);
    }
  }

  void plan(int indent, long count, String comment) {
    flushPending();
    List<TapCase> children = enter(indent, null);
    if (children != null) {
      children.forEach(this::keep);
    }
    levels.peek().plan(count);
    if (count == 0 && comment != null && levels.size() == 1) {
      sink.take(new CaseBuilder(null, null, file).skipped(comment, null).build());
    }
  }

  /** Passes on all cases that are known. */
  void flush() {
    flushPending();
    while (levels.size() > 1) {
      List<TapCase> children = levels.pop().kept();
      children.forEach(this::keep);
    }
  }

  /**
   * @param inBlock true when the file ended within a block
   */
  void finish(boolean inBlock) throws ReportFault {
    flushPending();
    boolean open = levels.size() > 1;
    flush();
    TapLevel top = levels.peek();
    if (top.isEmpty() && !open) {
      throw ReportFault.unreadable("there is no TAP in it");
    }
    if (inBlock || open || !top.hasPlan()) {
      throw ReportFault.truncated(
          top.hasPlan() ? "it ends in the middle" : "it ends without a plan");
    }
    note(top.contradiction());
    if (wrong != null) {
      throw ReportFault.contradicts(wrong);
    }
  }

  /** Goes to a depth. Returns the tests of the subtest that ends by that; null when none does. */
  private List<TapCase> enter(int indent, String name) {
    List<TapCase> ended = null;
    int to = indent / 4 * 4;
    while (levels.peek().indent() > to) {
      TapLevel level = levels.pop();
      note(level.contradiction());
      if (ended != null) {
        level.kept().addAll(ended);
      }
      ended = level.kept();
    }
    if (ended != null) {
      ended.forEach(one -> one.below(name));
    }
    if (levels.peek().indent() < to && levels.size() < MAX_DEPTH) {
      levels.push(new TapLevel(to));
    }
    return ended;
  }

  private void flushPending() {
    if (pending != null) {
      keep(pending);
    }
    pending = null;
    afterTest = false;
  }

  private void keep(TapCase one) {
    if (levels.size() == 1 || levels.peek().kept().size() >= MAX_KEPT) {
      sink.take(one.build(file));
    } else {
      levels.peek().kept().add(one);
    }
  }

  private void note(String contradiction) {
    wrong = wrong == null ? contradiction : wrong;
  }
}
