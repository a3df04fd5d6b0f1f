package io.cta.cli;

import java.net.http.HttpResponse;
import java.util.function.Consumer;

/**
 * Reads the output of a task piece by piece, from where the last piece ended. A piece may end
 * within a character.
 */
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

  /** Hands on what is there by now. */
  void read(Consumer<byte[]> out) {
    long before;
    do {
      before = offset;
      HttpResponse<byte[]> answer = api.bytes(path + "offset=" + offset);
      out.accept(answer.body());
      offset = header(answer, "X-CTA-Log-Next", offset);
      complete =
          answer.headers().firstValue("X-CTA-Log-Complete").map("true"::equals).orElse(true)
              && offset >= header(answer, "X-CTA-Log-Size", offset);
    } while (offset > before && !complete);
  }

  private static long header(HttpResponse<byte[]> answer, String name, long otherwise) {
    return answer.headers().firstValue(name).map(Long::parseLong).orElse(otherwise);
  }
}
