package io.cta.cli;

import io.cta.cli.client.AnswerReader;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.ServerRetryPolicy;
import io.cta.cli.client.WaitClock;
import io.cta.cli.log.AttemptLogReader;
import io.cta.cli.log.LogFollower;
import io.cta.cli.log.LogOutput;
import io.cta.cli.log.LogTail;
import io.cta.domain.Task;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log}: prints what a task wrote. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = "Print the output of a task, or of all tasks of an execution.",
    footer = {
      "",
      "With --follow a server that does not answer is asked again: for 30 s if it",
      "never did, else for five minutes. Exit code 0: all of it was printed; 64",
      "wrong usage; 66 there is no such task or attempt; 69 the server is not",
      "reached; 70 a fault of this command; 74 the output cannot be written; 75 the",
      "server was away for too long; 77 the token is missing, wrong or not enough;",
      "141 the reader of the output has gone."
    })
final class LogCommand extends ServerCommand {
  @Parameters(
      paramLabel = "ID",
      description = "a task (the execution's id, a dash, a number), or an execution")
  private String task;

  @Option(names = "--attempt", paramLabel = "N", defaultValue = "0", description = "default: last")
  private int attempt;

  @Option(
      names = {"-f", "--follow"},
      description = {
        "go on until the task ends, over all attempts to come; a line on standard error says when",
        "the next one begins. With --attempt: until that one ends"
      })
  private boolean follow;

  private final WaitClock clock;
  private final OutputStream out;

  /**
   * @param out where the log goes; a stream that throws when it cannot write
   */
  LogCommand(WaitClock clock, OutputStream out) {
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() {
    ApiClient api = server.api();
    PrintWriter err = err();
    AttemptLogReader.Sink sink = new LogOutput(out, err);
    List<String> tasks = task.indexOf('-') > 0 ? List.of(task) : tasksOf(api);
    if (tasks.size() == 1) {
      task = tasks.get(0);
    } else if (follow || attempt > 0) {
      throw new CliFailure(
          ExitCode.USAGE,
          "the execution has " + tasks.size() + " tasks: name one, such as " + tasks.get(0));
    }
    if (!follow) {
      for (String one : tasks) {
        if (tasks.size() > 1) {
          sink.piece(("==> " + one + " <==\n").getBytes(StandardCharsets.UTF_8));
        }
        print(api, one, sink);
      }
      return ExitCode.OK;
    }
    ServerRetryPolicy retryPolicy = new ServerRetryPolicy(clock, new OutagePrinter(err));
    LogFollower follower = new LogFollower(api, clock, retryPolicy);
    if (attempt == 0) {
      follower.attemptsFromNow(task, sink);
    } else {
      follower.attempt(task, attempt, sink);
    }
    return ExitCode.OK;
  }

  private List<String> tasksOf(ApiClient api) {
    List<String> tasks =
        api.list("/api/v1/executions/" + ApiClient.encode(task) + "/tasks").stream()
            .map(AnswerReader::task)
            .sorted(Comparator.comparingInt(Task::ordinal))
            .map(Task::id)
            .toList();
    if (tasks.isEmpty()) {
      throw new CliFailure(ExitCode.NOT_FOUND, "the execution has no tasks");
    }
    return tasks;
  }

  private void print(ApiClient api, String id, AttemptLogReader.Sink sink) {
    int wanted = attempt;
    if (wanted == 0) {
      Task now = LogFollower.task(api, id);
      wanted = now.attempt();
    }
    if (wanted > 0) {
      new LogTail(api, id, wanted).read(sink::piece);
    }
  }

  private record OutagePrinter(PrintWriter err) implements ServerRetryPolicy.Listener {
    @Override
    public void lost(String reason) {
      say(reason + "; trying again");
    }

    @Override
    public void back() {
      say("the server is back");
    }

    private void say(String text) {
      err.println("cta: " + text);
      err.flush();
    }
  }
}
