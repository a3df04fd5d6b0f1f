package io.cta.cli;

import java.io.PrintWriter;
import java.net.http.HttpResponse;

/** Reads the output of a task piece by piece, from where the last piece ended. */
final class LogTail {
  private final Api api;
  private final String path;
  private long offset;
  private boolean complete;

  /**
   * @param attempt 0 for the current one
   */
  LogTail(Api api, String taskId, int attempt) {
    this.api = api;
    this.path =
        "/api/v1/tasks/"
            + Api.encode(taskId)
            + "/log?"
            + (attempt > 0 ? "attempt=" + attempt + "&" : "");
  }

  boolean complete() {
    return complete;
  }

  /** Prints what is there by now. */
  void print(PrintWriter out) {
    long before;
    do {
      before = offset;
      HttpResponse<String> answer = api.text(path + "offset=" + offset);
      out.print(answer.body());
      offset = header(answer, "X-CTA-Log-Next", offset);
      complete =
          answer.headers().firstValue("X-CTA-Log-Complete").map("true"::equals).orElse(true)
              && offset >= header(answer, "X-CTA-Log-Size", offset);
    } while (offset > before && !complete);
    out.flush();
  }

  private static long header(HttpResponse<String> answer, String name, long otherwise) {
    return answer.headers().firstValue(name).map(Long::parseLong).orElse(otherwise);
  }
}
