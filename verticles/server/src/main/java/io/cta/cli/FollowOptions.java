package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.ServerRetryPolicy;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import io.cta.cli.explain.FailureSummary;
import io.cta.cli.watch.ExecutionFollower;
import io.cta.cli.watch.ExecutionSummary;
import io.cta.cli.watch.FollowedExecution;
import io.cta.cli.watch.InterruptHandler;
import io.cta.cli.watch.LogPrintingListener;
import io.cta.cli.watch.TerminalDisplay;
import io.cta.domain.Execution;
import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of commands that follow an execution to its end, and how they do it. */
final class FollowOptions {
  /** How long an interrupt that cancels nothing may keep people from their prompt. */
  private static final Duration MAX_INTERRUPT_WAIT = Duration.ofSeconds(2);

  @Option(
      names = "--wait-limit",
      paramLabel = "TIME",
      description = "wait no longer than, say, 30m; the execution goes on")
  private String waitLimit;

  @Option(names = "--quiet", description = "print the execution's id and nothing else")
  boolean quiet;

  @Option(names = "--json", description = "print the execution as the API has it, and nothing else")
  boolean json;

  @Option(names = "--log", description = "print what the tests write")
  private boolean log;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "write the results to a file of JUnit XML, whatever they are")
  private Path junit;

  @Option(
      names = "--cancel-on-interrupt",
      description = "what ends the wait from outside, Ctrl-C, cancels the execution")
  private boolean cancelOnInterrupt;

  /** Asks the server for the execution that is followed. */
  interface Start {
    Execution send(ServerRetryPolicy retryPolicy, WaitClock clock);
  }

  /** Throws unless the options make sense without a wait. */
  void requireNoWait() {
    if (junit != null || log || waitLimit != null || cancelOnInterrupt) {
      throw new CliFailure(
          ExitCode.USAGE, "--junit, --log, --wait-limit and --cancel-on-interrupt need --wait");
    }
  }

  /** Says what was started. */
  void started(Execution execution, ApiClient api, PrintWriter out) {
    if (json) {
      return;
    }
    if (quiet) {
      out.println(execution.id());
    } else {
      out.println("execution " + execution.id() + " of " + execution.scenarioName());
      out.println("  " + link(api, execution));
    }
    out.flush();
  }

  static String link(ApiClient api, Execution execution) {
    return api.server() + "/#/executions/" + execution.id();
  }

  /** Starts an execution, follows it to its end, and returns the exit code. */
  int follow(ApiClient api, Start start, PrintWriter out, WaitClock clock) {
    Optional<Duration> limit = limit();
    FollowedExecution end;
    try (InterruptHandler interrupts = interrupts(api, clock).listening()) {
      ExecutionFollower.Listener listener = listener(api, out);
      interrupts.sending();
      Execution execution = start.send(new ServerRetryPolicy(clock, listener), clock);
      interrupts.started(execution.id());
      started(execution, api, out);
      end = followed(api, execution.id(), listener, limit, clock);
    }
    if (json) {
      String path = "/api/v1/executions/" + ApiClient.encode(end.execution().id());
      out.println(api.get(path).encodePrettily());
    } else if (!quiet) {
      ExecutionSummary.lines(end).forEach(out::println);
      new FailureSummary(api, end.execution()).lines().forEach(out::println);
      out.println("  " + link(api, end.execution()));
    }
    return withReport(api, end.execution(), clock);
  }

  /** When the wait ends before the execution does, a report says that. */
  private FollowedExecution followed(
      ApiClient api,
      String id,
      ExecutionFollower.Listener listener,
      Optional<Duration> limit,
      WaitClock clock) {
    try {
      return new ExecutionFollower(clock)
          .follow(new FollowedExecution.Loader(api, id), listener, limit);
    } catch (CliFailure over) {
      if (junit != null && over.exitCode() == ExitCode.STILL_RUNNING) {
        try {
          new ExportFile(api, id, "junit").write(junit);
        } catch (CliFailure | ServerUnreachable e) {
          System.err.println("cta: no report: " + e.getMessage());
        }
      }
      throw over;
    }
  }

  /** Writes the report, if one is wanted; without it nothing is ok. */
  private int withReport(ApiClient api, Execution execution, WaitClock clock) {
    int code = ExitCode.of(execution);
    if (junit == null) {
      return code;
    }
    try {
      new ExportFile(api, execution.id(), "junit").writeWithRetries(junit, clock);
      return code;
    } catch (CliFailure | ServerUnreachable e) {
      System.err.println("cta: no report: " + e.getMessage());
      return code == ExitCode.OK ? ExitCode.NOT_WRITTEN : code;
    }
  }

  private InterruptHandler interrupts(ApiClient api, WaitClock clock) {
    Consumer<String> cancel =
        id -> System.err.println(CancelCommand.cancelWithRetries(api, id, clock));
    Duration patience = cancelOnInterrupt ? ServerRetryPolicy.FIRST : MAX_INTERRUPT_WAIT;
    return new InterruptHandler(
        cancelOnInterrupt, patience, cancel, line -> System.err.println("cta: " + line));
  }

  private Optional<Duration> limit() {
    if (waitLimit == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(DurationFormat.parse("--wait-limit", waitLimit));
    } catch (ServiceFailure e) {
      throw new CliFailure(ExitCode.USAGE, e.getMessage());
    }
  }

  private ExecutionFollower.Listener listener(ApiClient api, PrintWriter out) {
    if (quiet || json) {
      return new SilentListener();
    }
    TerminalDisplay terminalDisplay = TerminalDisplay.real(out);
    return log ? new LogPrintingListener(terminalDisplay, api, out) : terminalDisplay;
  }

  private static final class SilentListener implements ExecutionFollower.Listener {
    @Override
    public void seen(FollowedExecution followedExecution) {}

    @Override
    public void lost(String reason) {}

    @Override
    public void back() {}
  }
}
