package io.cta.cli;

import io.cta.cli.client.AnswerReader;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import io.cta.domain.Execution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code watch}: follows an execution that somebody has started. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Follow an execution to its end.",
    footer = {"", "Exit codes are those of run --wait."})
final class WatchCommand extends ServerCommand {
  @Mixin private FollowOptions follow;

  @Parameters(paramLabel = "ID", description = "the execution")
  private String id;

  private final WaitClock clock;

  WatchCommand(WaitClock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    ApiClient api = server.api();
    String path = "/api/v1/executions/" + ApiClient.encode(id);
    return follow.follow(
        api,
        (retryPolicy, waitClock) -> {
          while (true) {
            try {
              Execution found = AnswerReader.execution(api.get(path));
              retryPolicy.answered();
              return found;
            } catch (ServerUnreachable e) {
              waitClock.restOrEnd(retryPolicy.unanswered(e));
            }
          }
        },
        out(),
        clock);
  }
}
