package io.cta.server.export;

import io.cta.json.InstantText;
import io.cta.server.view.executions.CaseDetailsView;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import java.util.List;

/**
 * Writes a line for each case, after RFC 4180. A text that a spreadsheet would take for a formula
 * has an apostrophe before it. Pure but for its order.
 */
final class CsvExport implements ExportWriter {
  private static final String HEAD =
      "machine,test,suite,case,result,skipped,flaky,durationMs,attempt,reason,message,file,line,at,task\r\n";

  private static final String FORMULA = "=+-@\t\r";

  @Override
  public String begin(ExecutionView execution, List<TaskView> tasks) {
    return HEAD;
  }

  @Override
  public String task(TaskView task, List<StatusView> statuses) {
    StringBuilder out = new StringBuilder();
    for (StatusView s : statuses) {
      CaseDetailsView details = s.details();
      row(
          out,
          text(s.machineName()),
          text(s.testName()),
          text(s.suite()),
          text(s.name()),
          s.result().wire(),
          s.skipped(),
          s.flaky(),
          s.durationMs(),
          s.attempt(),
          text(s.reason()),
          text(s.message()),
          details == null ? null : text(details.file()),
          details == null ? null : details.line(),
          s.at() == null ? null : InstantText.format(s.at()),
          s.taskId());
    }
    return out.toString();
  }

  @Override
  public String end() {
    return "";
  }

  private static void row(StringBuilder out, Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      out.append(i == 0 ? "" : ",");
      String cell = cells[i] == null ? "" : cells[i].toString();
      boolean quoted = cell.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
      out.append(quoted ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
    }
    out.append("\r\n");
  }

  /** A text that others wrote. */
  private static String text(String text) {
    return text != null && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : text;
  }
}
