package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CiEnvironment;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.ServerRetryPolicy;
import io.cta.cli.client.StartRequestSender;
import io.cta.cli.client.WaitClock;
import io.cta.cli.watch.ExecutionFollower;
import io.cta.cli.watch.ExecutionSummary;
import io.cta.cli.watch.FailureSummary;
import io.cta.cli.watch.FollowedExecution;
import io.cta.cli.watch.InterruptHandler;
import io.cta.cli.watch.LogPrintingListener;
import io.cta.cli.watch.TerminalDisplay;
import io.cta.domain.Execution;
import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: starts a scenario and, if asked to, follows it to its end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Start a scenario.",
    footer = {
      "",
      "With --wait the exit code is the result: 0 ok, 1 failed, 2 inconclusive, 3",
      "partial, 4 cancelled, 5 timeout. With or without: 64 wrong usage, or a",
      "request that the server refuses; 66 there is no such scenario; 69 the server",
      "is not reached, or has a fault; 70 a fault of this command; 75 the wait is",
      "over, the execution is not; 77 the token is missing, wrong or not enough.",
      "",
      "With --wait a server that does not answer, or for which a proxy answers with",
      "an error, is asked again: for 30 s before the execution is started, for five",
      "minutes after. Ctrl-C (exit code 130; TERM: 143) ends the wait; the execution",
      "goes on unless --cancel-on-interrupt was given. Nothing but an interrupt",
      "cancels it."
    })
final class RunCommand implements Callable<Integer> {
  /** How long an interrupt that cancels nothing may keep people from their prompt. */
  private static final Duration MAX_INTERRUPT_WAIT = Duration.ofSeconds(2);

  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SCENARIO", description = "id or name")
  private String scenario;

  @Option(names = "--wait", description = "follow it to its end")
  private boolean wait;

  @Option(
      names = "--wait-limit",
      paramLabel = "TIME",
      description = "with --wait: wait no longer than, say, 30m; the execution goes on")
  private String waitLimit;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "value of a parameter, or variable for the tests; may be repeated")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--ref",
      paramLabel = "REF",
      description = "branch, tag or commit of the suite's git input")
  private String ref;

  @Option(
      names = "--input",
      paramLabel = "NAME=REF",
      description =
          "the same for an input by its name, or the version of a maven input; may be repeated")
  private Map<String, String> inputs = new LinkedHashMap<>();

  @Option(names = "--priority", paramLabel = "N", description = "-100 to 100, higher goes first")
  private Integer priority;

  @Option(names = "--quiet", description = "print the execution's id and nothing else")
  private boolean quiet;

  @Option(names = "--log", description = "with --wait: print what the tests write")
  private boolean log;

  @Option(
      names = "--cancel-on-interrupt",
      description = "with --wait: what ends the wait from outside, Ctrl-C, cancels the execution")
  private boolean cancelOnInterrupt;

  private final WaitClock clock;

  RunCommand(WaitClock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Optional<Duration> limit = limit();
    ApiClient api = server.api();
    PrintWriter out = spec.commandLine().getOut();
    StartRequestSender request = new StartRequestSender(api, body(), System.getenv("CTA_CHAIN"));
    if (!wait) {
      started(request.send(), out);
      return ExitCode.OK;
    }
    FollowedExecution end;
    try (InterruptHandler interrupts = interrupts(api).listening()) {
      ExecutionFollower.Listener listener = listener(api, out);
      interrupts.sending();
      Execution execution = request.send(new ServerRetryPolicy(clock, listener), clock);
      interrupts.started(execution.id());
      started(execution, out);
      end =
          new ExecutionFollower(clock)
              .follow(new FollowedExecution.Loader(api, execution.id()), listener, limit);
    }
    if (!quiet) {
      ExecutionSummary.lines(end).forEach(out::println);
      new FailureSummary(api, end.execution()).lines().forEach(out::println);
    }
    return ExitCode.of(end.execution());
  }

  private JsonObject body() {
    JsonObject body = new JsonObject().put("scenario", scenario);
    if (!parameters.isEmpty()) {
      body.put("parameters", new JsonObject(new LinkedHashMap<>(parameters)));
    }
    if (ref != null) {
      body.put("ref", ref);
    }
    if (!inputs.isEmpty()) {
      body.put("inputs", new JsonObject(new LinkedHashMap<>(inputs)));
    }
    if (priority != null) {
      body.put("priority", priority);
    }
    JsonObject source = CiEnvironment.source(System.getenv());
    if (!source.isEmpty()) {
      body.put("source", source);
    }
    return body;
  }

  private void started(Execution execution, PrintWriter out) {
    out.println(quiet ? execution.id() : "execution " + execution.id() + " of " + scenario);
    out.flush();
  }

  private InterruptHandler interrupts(ApiClient api) {
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
    if (quiet) {
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
