package io.cta.agent.report.json;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.ReportTimes;
import io.cta.agent.report.RunTotals;
import io.cta.agent.report.TestCase;
import io.cta.agent.report.TextSource;
import java.io.IOException;

/** Reads the Common Test Report Format. */
public final class CtrfReader {
  private static final int MAX_RETRIES = 20;

  private boolean hasResults;

  public void read(TextSource source, CaseSink sink) throws IOException, ReportFault {
    RunTotals totals = new RunTotals(sink);
    try (JsonCursor json = new JsonCursor(source.open())) {
      json.nextValue();
      json.object(
          name -> {
            if (name.equals("results")) {
              hasResults = true;
              json.object(part -> results(json, part, totals));
            } else {
              json.skip();
            }
          });
    }
    if (!hasResults) {
      throw ReportFault.unreadable("it has no results");
    }
    totals.check();
  }

  private static void results(JsonCursor json, String part, RunTotals totals) throws IOException {
    switch (part) {
      case "summary" ->
          json.object(
              name -> {
                switch (name) {
                  case "tests" -> totals.claim((long) json.number(), 0);
                  case "failed" -> totals.claim(0, (long) json.number());
                  default -> json.skip();
                }
              });
      case "tests" -> json.array(() -> new CtrfTest().read(json, totals));
      default -> json.skip();
    }
  }

  /** One test, whose fields may come in any order. */
  private static final class CtrfTest {
    private final CaseBuilder builder = new CaseBuilder();
    private final StringBuilder suite = new StringBuilder();
    private String name;
    private String status = "none";
    private String rawStatus = "";
    private String message;
    private String trace;
    private String file;
    private String line;
    private boolean flaky;
    private int retries;

    void read(JsonCursor json, CaseSink sink) throws IOException {
      json.object(field -> field(json, field));
      builder.identity(suite.isEmpty() ? null : suite.toString(), null, name);
      builder.source(file, line);
      switch (status) {
        case "passed" -> passed();
        case "failed" -> builder.failed(message, trace);
        case "skipped", "pending" -> builder.skipped(message, null);
        default -> other();
      }
      sink.take(builder.build());
    }

    /** The tool's own status tells a test that is still to be written from an unknown outcome. */
    private void other() {
      if (rawStatus.matches("(?i)todo|pending|skipped|disabled|ignored")) {
        builder.skipped(message == null ? rawStatus : message, null);
      } else {
        builder.doubtful("status " + status + " " + rawStatus, message);
      }
    }

    private void passed() {
      for (int i = 0; i < Math.min(retries, MAX_RETRIES) || i == 0 && flaky; i++) {
        builder.rerun(message, trace);
      }
    }

    private void field(JsonCursor json, String field) throws IOException {
      switch (field) {
        case "name" -> name = json.text();
        case "status" -> status = String.valueOf(json.text());
        case "rawStatus" -> rawStatus = String.valueOf(json.text());
        case "duration" -> builder.duration(ReportTimes.ofMillis(json.number()));
        case "message" -> message = json.text();
        case "trace" -> trace = json.text();
        case "suite" -> json.array(() -> suite(json.text()));
        case "filePath" -> file = json.text();
        case "line" -> line = json.text();
        case "flaky" -> flaky = "true".equals(json.text());
        case "retries" -> retries = (int) Math.min(json.number(), MAX_RETRIES);
        case "stdout" -> json.array(() -> builder.stdout(json.text()));
        case "stderr" -> json.array(() -> builder.stderr(json.text()));
        case "attachments" -> json.array(() -> json.object(part -> attachment(json, part)));
        default -> json.skip();
      }
    }

    private void attachment(JsonCursor json, String part) throws IOException {
      if (part.equals("path")) {
        builder.attachment(json.text());
      } else {
        json.skip();
      }
    }

    private void suite(String part) {
      if (part != null && suite.length() < CaseBuilder.MAX_MESSAGE_CHARS) {
        suite.append(suite.isEmpty() ? "" : TestCase.SUITE_SEPARATOR).append(part);
      }
    }
  }
}
