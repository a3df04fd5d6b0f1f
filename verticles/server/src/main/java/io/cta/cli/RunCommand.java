package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CiEnvironment;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.StartRequestSender;
import io.cta.cli.client.WaitClock;
import io.cta.domain.Execution;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "is not reached, or has a fault; 70 a fault of this command; 74 all is ok, but",
      "the file of --junit cannot be written; 75 the wait is",
      "over, the execution is not; 77 the token is missing, wrong or not enough.",
      "",
      "With --wait a server that does not answer, or for which a proxy answers with",
      "an error, is asked again: for 30 s before the execution is started, for five",
      "minutes after. Ctrl-C (exit code 130; TERM: 143) ends the wait; the execution",
      "goes on unless --cancel-on-interrupt was given. Nothing but an interrupt",
      "cancels it."
    })
final class RunCommand extends ServerCommand {
  @Mixin private FollowOptions follow;

  @Parameters(paramLabel = "SCENARIO", description = "id or name")
  private String scenario;

  @Option(names = "--wait", description = "follow it to its end")
  private boolean wait;

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
          "the same for an input by its name, or the version of a maven or s3 input; may be repeated")
  private Map<String, String> inputs = new LinkedHashMap<>();

  @Option(names = "--priority", paramLabel = "N", description = "-100 to 100, higher goes first")
  private Integer priority;

  private final WaitClock clock;

  RunCommand(WaitClock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    ApiClient api = server.api();
    PrintWriter out = out();
    StartRequestSender request = new StartRequestSender(api, body(), System.getenv("CTA_CHAIN"));
    if (wait) {
      return follow.follow(api, request::send, out, clock);
    }
    follow.requireNoWait();
    Execution execution = request.send();
    if (follow.json) {
      String path = "/api/v1/executions/" + ApiClient.encode(execution.id());
      out.println(api.get(path).encodePrettily());
    }
    follow.started(execution, api, out);
    return ExitCode.OK;
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
}
