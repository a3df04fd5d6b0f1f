package io.cta.cli.log;

import io.cta.cli.client.ApiAnswer;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ServerUnreachable;
import java.util.function.Consumer;

/**
 * Reads the output of one attempt piece by piece, from where the last piece ended. A piece may end
 * within a character.
 */
public final class LogTail {
  private static final String NEXT_OFFSET_HEADER = "X-CTA-Log-Next";

  private final ApiClient api;
  private final String path;
  private long offset;
  private boolean complete;

  /**
   * @param attempt 1 or more: offsets count within one attempt, so the attempt must always be named
   */
  public LogTail(ApiClient api, String taskId, int attempt) {
    this.api = api;
    this.path =
        "/api/v1/tasks/" + ApiClient.encode(taskId) + "/log?attempt=" + attempt + "&offset=";
  }

  /** Whether all that the attempt wrote, or ever will write, has been passed on. */
  boolean complete() {
    return complete;
  }

  /** Passes on the output so far. */
  public void read(Consumer<byte[]> out) {
    long before;
    do {
      before = offset;
      ApiAnswer answer = api.bytes(path + offset);
      if (answer.header(NEXT_OFFSET_HEADER).isEmpty()) {
        throw new ServerUnreachable(api.server(), "what came is no log");
      }
      out.accept(answer.body());
      offset = header(answer, NEXT_OFFSET_HEADER, offset);
      complete =
          answer.header("X-CTA-Log-Complete").map("true"::equals).orElse(true)
              && offset >= header(answer, "X-CTA-Log-Size", offset);
    } while (offset > before && !complete);
  }

  private static long header(ApiAnswer answer, String name, long otherwise) {
    return answer.header(name).map(Long::parseLong).orElse(otherwise);
  }
}
