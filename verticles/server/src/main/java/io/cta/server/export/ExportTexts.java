package io.cta.server.export;

import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.text.TextCut;
import java.util.Locale;

/** The words of exports that several formats share. Pure. */
final class ExportTexts {
  private static final int SHORT_CHARS = 200;

  private ExportTexts() {}

  /** Seconds with a point and three digits, in every country. */
  static String seconds(Long millis) {
    return String.format(Locale.ROOT, "%.3f", (millis == null ? 0 : millis) / 1000.0);
  }

  /** Why a status is what it is, in one line. */
  static String why(StatusView status) {
    String text = status.message() == null ? status.reason() : status.message();
    return text == null ? status.result().wire() : firstLine(text);
  }

  /** Why an execution ended as it did. */
  static String why(ExecutionView e) {
    if (!e.state().terminal()) {
      return "the execution is still " + e.state().wire();
    }
    String result = e.result() == null ? "" : ", " + e.result().wire();
    String reason = e.reason() == null ? "" : ": " + e.reason();
    return e.state().wire()
        + result
        + reason
        + (e.message() == null ? "" : ": " + firstLine(e.message()));
  }

  static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return TextCut.marked(line, SHORT_CHARS);
  }
}
