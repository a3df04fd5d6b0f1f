package io.cta.cli.watch;

import io.cta.cli.client.AnswerReader;
import io.cta.cli.client.ApiClient;
import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an execution looked like at one moment.
 *
 * @param machines names by id
 */
public record FollowedExecution(
    Execution execution, List<Task> tasks, Map<String, String> machines) {

  String machine(Task task) {
    return task.machineId() == null
        ? "no machine"
        : machines.getOrDefault(task.machineId(), task.machineId());
  }

  /** Loads views of one execution; asks for machines only when a task names an unknown one. */
  public static final class Loader {
    private final ApiClient api;
    private final String id;
    private final Map<String, String> machines = new HashMap<>();

    public Loader(ApiClient api, String id) {
      this.api = api;
      this.id = id;
    }

    public FollowedExecution take() {
      String path = "/api/v1/executions/" + ApiClient.encode(id);
      Execution execution = AnswerReader.execution(api.get(path));
      // after the execution, so that the tasks are at least as far as it
      List<Task> tasks =
          api.list(path + "/tasks").stream()
              .map(AnswerReader::task)
              .sorted(java.util.Comparator.comparingInt(Task::ordinal))
              .toList();
      if (tasks.stream().anyMatch(t -> t.machineId() != null && !known(t.machineId()))) {
        for (JsonObject machine : api.list("/api/v1/machines")) {
          machines.put(machine.getString("id"), machine.getString("name"));
        }
      }
      return new FollowedExecution(execution, tasks, Map.copyOf(machines));
    }

    private boolean known(String machineId) {
      return machines.containsKey(machineId);
    }
  }
}
