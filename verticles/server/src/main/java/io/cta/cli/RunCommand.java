package io.cta.cli;

import io.cta.domain.Execution;
import io.cta.error.ServiceFailure;
import io.cta.json.Durations;
import io.cta.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
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
      "With --wait the exit code is the result: 0 ok, 1 failed, 2 inconclusive, 3 partial,",
      "4 cancelled, 5 timeout. With or without: 64 wrong usage, or a request that the server",
      "refuses; 66 there is no such scenario; 69 the server is not reached, or has a fault; 75 the",
      "wait is over, the execution is not; 77 the token is missing, wrong or not enough."
    })
final class RunCommand implements Callable<Integer> {
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
      description = "a variable for the tests; may be repeated")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--priority", paramLabel = "N", description = "-100 to 100, higher goes first")
  private Integer priority;

  @Option(names = "--quiet", description = "print the execution's id and nothing else")
  private boolean quiet;

  @Option(names = "--log", description = "with --wait: print what the tests write")
  private boolean log;

  @Option(
      names = "--cancel-on-interrupt",
      description = "with --wait: Ctrl-C cancels the execution")
  private boolean cancelOnInterrupt;

  @Override
  public Integer call() {
    Optional<Duration> limit = limit();
    Api api = server.api();
    PrintWriter out = spec.commandLine().getOut();
    Execution execution = start(api, scenario, parameters, priority);
    out.println(quiet ? execution.id() : "execution " + execution.id() + " of " + scenario);
    out.flush();
    if (!wait) {
      return ExitCode.OK;
    }
    Thread interrupted = new Thread(() -> cancel(api, execution.id()));
    if (cancelOnInterrupt) {
      Runtime.getRuntime().addShutdownHook(interrupted);
    }
    Look end = Watch.real().follow(new Look.Taker(api, execution.id()), listener(api, out), limit);
    if (cancelOnInterrupt) {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
    if (!quiet) {
      Summary.lines(end).forEach(out::println);
      new NotOk(api, end.execution()).lines().forEach(out::println);
    }
    return ExitCode.of(end.execution());
  }

  private Optional<Duration> limit() {
    if (waitLimit == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Durations.parse("--wait-limit", waitLimit));
    } catch (ServiceFailure e) {
      throw new CliFailure(ExitCode.USAGE, e.getMessage());
    }
  }

  private Watch.Listener listener(Api api, PrintWriter out) {
    if (quiet) {
      return new Silent();
    }
    Terminal terminal = Terminal.real(out);
    return log ? new LoggedWatch(terminal, api, out) : terminal;
  }

  /** Asks once, however often the request has to be sent. */
  static Execution start(
      Api api, String scenario, Map<String, String> parameters, Integer priority) {
    JsonObject body = new JsonObject().put("scenario", scenario);
    if (!parameters.isEmpty()) {
      body.put("parameters", new JsonObject(new LinkedHashMap<>(parameters)));
    }
    if (priority != null) {
      body.put("priority", priority);
    }
    Map<String, String> once = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    JsonObject answer;
    try {
      answer = api.post("/api/v1/executions", body, once);
    } catch (Unreachable e) {
      // the answer may have been lost on its way; the key makes the second request harmless
      answer = api.post("/api/v1/executions", body, once);
    }
    return Json.fromObject(answer, Execution.class);
  }

  private static void cancel(Api api, String id) {
    try {
      CancelCommand.cancel(api, id);
      System.err.println("cancelled " + id);
    } catch (CliFailure | Unreachable e) {
      System.err.println("not cancelled: " + e.getMessage());
    }
  }

  private static final class Silent implements Watch.Listener {
    @Override
    public void seen(Look look) {}

    @Override
    public void lost(String reason) {}

    @Override
    public void back() {}
  }
}
