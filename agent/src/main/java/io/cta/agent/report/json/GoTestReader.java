package io.cta.agent.report.json;

import io.cta.agent.report.CaseSink;
import io.cta.agent.report.LineReader;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.TextBuffer;
import io.cta.agent.report.TextSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@code go test -json} writes. It ignores lines that are no events, such as a
 * compiler's. A package that failed without a failed test becomes a failed case named after the
 * package.
 */
public final class GoTestReader {
  private static final int MAX_LINE_CHARS = 1_000_000;
  private static final int MAX_BUILDS = 200;
  private static final int MAX_PACKAGES = 50_000;

  private final Map<String, GoPackage> open = new LinkedHashMap<>();
  private final Map<String, TextBuffer> builds = new HashMap<>();
  private final Map<String, String> failedTests = new HashMap<>();
  private final CaseSink sink;
  private long events;
  private boolean broken;

  public GoTestReader(CaseSink sink) {
    this.sink = sink;
  }

  public void read(TextSource source) throws IOException, ReportFault {
    boolean complete = true;
    try (LineReader lines = new LineReader(source.open(), MAX_LINE_CHARS)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        line(line.strip());
        complete = lines.isComplete() || !broken;
      }
    }
    for (GoPackage left : open.values()) {
      left.cut();
    }
    if (!complete || !open.isEmpty()) {
      throw ReportFault.truncated("it ends before its packages do");
    }
    if (broken || events == 0) {
      throw ReportFault.unreadable(broken ? "a line of it is no event" : "it has no events");
    }
  }

  private void line(String line) throws IOException, ReportFault {
    if (!line.startsWith("{")) {
      return;
    }
    GoEvent event = GoEvent.parse(line);
    if (event == null) {
      broken |= line.startsWith("{\"");
    } else if (!event.action().isEmpty()) {
      events++;
      event(event);
    }
  }

  private void event(GoEvent event) throws ReportFault {
    if (event.action().startsWith("build-")) {
      if (builds.size() < MAX_BUILDS || builds.containsKey(event.importPath())) {
        builds
            .computeIfAbsent(event.importPath(), k -> new TextBuffer(4_000))
            .append(event.output());
      }
      return;
    }
    if (event.packageName().isEmpty()) {
      return;
    }
    if (open.size() >= MAX_PACKAGES) {
      throw ReportFault.unreadable("too many packages are open in it");
    }
    GoPackage one =
        open.computeIfAbsent(event.packageName(), name -> new GoPackage(name, failedTests, sink));
    if (!event.test().isEmpty()) {
      one.test(event);
    } else if (event.action().equals("output")) {
      one.output(event.output());
    } else if (event.action().matches("pass|fail|skip")) {
      TextBuffer build = builds.get(event.failedBuild());
      one.end(event, build == null ? null : build.text());
      open.remove(event.packageName());
    }
  }
}
