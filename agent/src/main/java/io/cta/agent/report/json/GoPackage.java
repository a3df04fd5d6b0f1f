package io.cta.agent.report.json;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.TestCase;
import io.cta.agent.report.TextBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the tests of one Go package that have begun, with their output, until they end. */
final class GoPackage {
  private static final int MAX_OPEN = 20_000;
  private static final int MAX_REMEMBERED = 10_000;

  private final String name;
  private final Map<String, String> failedTests;
  private final CaseSink sink;
  private final Map<String, TextBuffer> running = new LinkedHashMap<>();
  private final TextBuffer output = new TextBuffer(1_000, 3_000);
  private int failed;

  /**
   * @param failedTests what failed so far in the whole file, and may be run again
   */
  GoPackage(String name, Map<String, String> failedTests, CaseSink sink) {
    this.name = name;
    this.failedTests = failedTests;
    this.sink = sink;
  }

  void output(String text) {
    output.append(text);
  }

  void test(GoEvent event) throws ReportFault {
    if (running.size() >= MAX_OPEN && !running.containsKey(event.test())) {
      throw ReportFault.unreadable("too many tests of " + name + " are open in it");
    }
    TextBuffer text = running.computeIfAbsent(event.test(), test -> new TextBuffer(1_000, 3_000));
    switch (event.action()) {
      case "output" -> text.append(withoutMarks(event.output()));
      case "pass", "bench" -> take(event.test(), event.elapsed(), text, "pass");
      case "fail", "skip" -> take(event.test(), event.elapsed(), text, event.action());
      default -> {}
    }
  }

  /** Ends the package; tests without an end of their own end with it. */
  void end(GoEvent event, String build) {
    boolean bad = event.action().equals("fail");
    for (String test : List.copyOf(running.keySet())) {
      take(test, 0, running.get(test), bad ? "fail" : "pass");
    }
    if (bad && failed == 0) {
      CaseBuilder builder = new CaseBuilder(null, null, name);
      sink.take(builder.failed(build, output.text()).build());
    }
  }

  /** Call when the file ends before the package does. */
  void cut() {
    for (Map.Entry<String, TextBuffer> test : running.entrySet()) {
      CaseBuilder builder = new CaseBuilder(name, name, test.getKey());
      sink.take(builder.doubtful("its end is not in the report", test.getValue().text()).build());
    }
  }

  private void take(String test, double elapsed, TextBuffer text, String action) {
    CaseBuilder builder = new CaseBuilder(name, name, test);
    builder.duration(ReportTimes.ofSeconds(elapsed));
    String said = text.text();
    switch (action) {
      case "fail" -> builder.failed(null, said);
      case "skip" -> builder.skipped(null, said);
      default -> builder.stdout(said);
    }
    String key = name + "#" + test;
    String earlier = failedTests.remove(key);
    if (earlier != null) {
      builder.again(List.of(earlier));
    }
    TestCase one = builder.build();
    if (one.failed()) {
      failed++;
      if (failedTests.size() < MAX_REMEMBERED) {
        failedTests.put(key, one.message() == null ? "failed" : one.message());
      }
    }
    running.remove(test);
    sink.take(one);
  }

  /** Leaves out lines that Go itself writes: the events say the same. */
  private static String withoutMarks(String line) {
    String text = line.stripLeading();
    return text.startsWith("=== ") || text.startsWith("--- ") ? "" : line;
  }
}
