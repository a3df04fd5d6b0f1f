package io.cta.server.export;

import io.cta.server.view.ViewEncoder;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.cta.server.view.executions.TaskView;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the execution, its tasks and the statuses that count, each as the API has it. */
final class JsonExport implements ExportWriter {
  private boolean first = true;

  @Override
  public String begin(ExecutionView execution, List<TaskView> tasks) {
    return "{\"execution\":"
        + ViewEncoder.text(execution)
        + ",\n\"tasks\":["
        + tasks.stream().map(ViewEncoder::text).collect(Collectors.joining(",\n"))
        + "],\n\"statuses\":[";
  }

  @Override
  public String task(TaskView task, List<StatusView> statuses) {
    StringBuilder out = new StringBuilder();
    for (StatusView status : statuses) {
      out.append(first ? "" : ",\n").append(ViewEncoder.text(status));
      first = false;
    }
    return out.toString();
  }

  @Override
  public String end() {
    return "]}\n";
  }
}
