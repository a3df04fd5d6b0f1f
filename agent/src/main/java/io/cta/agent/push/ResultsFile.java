package io.cta.agent.push;

import io.cta.agent.journal.TaskJournal;
import io.cta.json.JsonMapping;
import io.cta.message.StatusReport;
import io.cta.message.TaskRun;
import io.cta.s3.Sha256;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what is known of an attempt's tests as JSON: the attempt, how it ended, and each status as
 * the server gets it. The same attempt always makes the same file.
 */
final class ResultsFile {
  private ResultsFile() {}

  /**
   * @param end of the attempt, without secrets
   */
  static PushFile write(TaskJournal journal, JsonObject end, String name) throws IOException {
    Path file = journal.dir().resolve("results.json");
    TaskRun run = journal.run();
    JsonObject head =
        new JsonObject()
            .put("format", "cta-results/1")
            .put("scenario", run.scenario())
            .put("suite", run.suite())
            .put("executionId", run.executionId())
            .put("taskId", run.taskId())
            .put("attempt", run.attempt())
            .mergeIn(end);
    try (OutputStream out = Files.newOutputStream(file)) {
      String text = head.encode();
      write(out, text.substring(0, text.length() - 1) + ",\"statuses\":[");
      boolean[] any = {false};
      journal.forEachStatus(
          status -> {
            write(out, (any[0] ? ",\n" : "\n") + json(status));
            any[0] = true;
          });
      write(out, "]}\n");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new PushFile(name, file, Files.size(file), Sha256.of(file));
  }

  private static String json(StatusReport status) {
    return JsonMapping.encode(status).toString();
  }

  private static void write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
