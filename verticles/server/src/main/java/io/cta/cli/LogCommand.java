package io.cta.cli;

import io.cta.cli.client.ApiClient;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code log}: prints what a task wrote. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = "Print a task's output.",
    footer = {
      "",
      "With --follow a server that does not answer is asked again: for 30 s if it",
      "never did, else for five minutes. Exit code 0: all of it was printed; 64",
      "wrong usage; 66 there is no such task or attempt; 69 the server is not",
      "reached; 70 a fault of this command; 74 the output cannot be written; 75 the",
      "server was away for too long; 77 the token is missing, wrong or not enough;",
      "141 the reader of the output has gone."
    })
final class LogCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TASK", description = "the task's id: the execution's, a dash, a number")
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
    PrintWriter err = spec.commandLine().getErr();
    AttemptLogReader.Sink sink = new LogOutput(out, err);
    if (!follow) {
      print(api, sink);
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

  private void print(ApiClient api, AttemptLogReader.Sink sink) {
    int wanted = attempt;
    if (wanted == 0) {
      Task now = LogFollower.task(api, task);
      wanted = now.attempt();
    }
    if (wanted > 0) {
      new LogTail(api, task, wanted).read(sink::piece);
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
