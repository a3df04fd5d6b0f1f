package io.cta.agent.report.tap;

import io.cta.agent.report.CaseBuilder;
import io.cta.agent.report.CaseSink;
import io.cta.agent.report.LineReader;
import io.cta.agent.report.ReportFault;
import io.cta.agent.report.TextSanitizer;
import io.cta.agent.report.TextSource;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads TAP line by line and ignores all other lines. */
public final class TapReader {
  private static final int MAX_LINE_CHARS = 100_000;
  private static final Pattern PLAN =
      Pattern.compile(
          "1\\.\\.([0-9]{1,9})\\s*(?:#\\s*(?:skip\\w*)?:?\\s*(.*))?", Pattern.CASE_INSENSITIVE);

  private final String file;
  private final CaseSink sink;
  private TapDocument document;
  private StringBuilder yaml;
  private int yamlIndent;

  /**
   * @param file name of the file, which is the suite of its tests
   */
  public TapReader(String file, CaseSink sink) {
    this.file = file;
    this.sink = sink;
    this.document = new TapDocument(file, sink);
  }

  public void read(TextSource source) throws IOException, ReportFault {
    try (LineReader lines = new LineReader(source.open(), MAX_LINE_CHARS)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        String text = TextSanitizer.clean(line).replace("\t", "    ");
        String rest = text.stripLeading();
        if (line(text.length() - rest.length(), rest.stripTrailing(), text)) {
          return;
        }
      }
    }
    document.finish(yaml != null);
  }

  /** Reads a line; true when nothing that follows counts. */
  private boolean line(int indent, String text, String whole) throws ReportFault {
    if (yaml != null) {
      block(indent, text, whole);
    } else if (text.startsWith("---") && indent > 0 && document.isAfterTest()) {
      yaml = new StringBuilder();
      yamlIndent = indent;
    } else if (text.startsWith("Bail out!")) {
      String why = text.substring("Bail out!".length());
      document.flush();
      sink.take(new CaseBuilder(file, null, "Bail out!").failed(why, null).build());
      return true;
    } else if (text.matches("TAP version [0-9]+")) {
      version(indent);
    } else if (text.startsWith("#")) {
      document.comment(text.substring(1).strip());
    } else {
      Matcher plan = PLAN.matcher(text);
      TapLine test = TapLine.parse(text);
      if (plan.matches()) {
        document.plan(indent, Long.parseLong(plan.group(1)), plan.group(2));
      } else if (test != null) {
        document.test(indent, test);
      }
    }
    return false;
  }

  private void version(int indent) throws ReportFault {
    if (indent == 0 && !document.isEmpty()) {
      document.finish(false);
      document = new TapDocument(file, sink);
    }
  }

  private void block(int indent, String text, String whole) {
    if (text.equals("...") && indent <= yamlIndent) {
      document.comment(yaml.toString());
      yaml = null;
    } else if (yaml.length() < 4 * CaseBuilder.MAX_MESSAGE_CHARS) {
      yaml.append(whole.substring(Math.min(indent, yamlIndent))).append('\n');
    }
  }
}
