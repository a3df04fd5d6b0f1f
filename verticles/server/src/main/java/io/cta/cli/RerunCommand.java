package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.StartRequestSender;
import io.cta.cli.client.WaitClock;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rerun}: repeats an execution with its definitions, parameters and commits. */
@Command(
    name = "rerun",
    mixinStandardHelpOptions = true,
    description = "Repeat an execution: its definitions, parameters and commits.",
    footer = {"", "Exit codes are those of run."})
final class RerunCommand extends ServerCommand {
  @Mixin private FollowOptions follow;

  @Parameters(paramLabel = "ID", description = "the execution")
  private String id;

  @Option(names = "--failed", description = "only its tests that are not ok")
  private boolean failed;

  @Option(names = "--wait", description = "follow it to its end")
  private boolean wait;

  private final WaitClock clock;

  RerunCommand(WaitClock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    ApiClient api = server.api();
    PrintWriter out = out();
    JsonObject body = failed ? new JsonObject().put("only", "failed") : new JsonObject();
    String path = "/api/v1/executions/" + ApiClient.encode(id) + "/rerun";
    StartRequestSender request =
        new StartRequestSender(api, path, body, System.getenv("CTA_CHAIN"));
    if (wait) {
      return follow.follow(api, request::send, out, clock);
    }
    follow.requireNoWait();
    follow.started(request.send(), api, out);
    return ExitCode.OK;
  }
}
