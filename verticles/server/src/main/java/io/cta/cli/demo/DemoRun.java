package io.cta.cli.demo;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.StartRequestSender;
import io.cta.cli.client.WaitClock;
import io.cta.cli.explain.FailureSummary;
import io.cta.cli.watch.ExecutionFollower;
import io.cta.cli.watch.ExecutionSummary;
import io.cta.cli.watch.FollowedExecution;
import io.cta.cli.watch.TerminalDisplay;
import io.cta.domain.Execution;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;

/** Runs a scenario as {@code cta run --wait} does. */
public final class DemoRun {
  private DemoRun() {}

  /**
   * Starts a scenario, shows it to its end, and says why it is not ok. Blocks.
   *
   * @param request the body of the start
   */
  public static Execution follow(ApiClient api, JsonObject request, PrintWriter out) {
    Execution execution = new StartRequestSender(api, request, null).send();
    FollowedExecution end =
        new ExecutionFollower(WaitClock.REAL)
            .follow(
                new FollowedExecution.Loader(api, execution.id()),
                TerminalDisplay.real(out),
                Optional.empty());
    ExecutionSummary.lines(end).forEach(out::println);
    new FailureSummary(api, end.execution()).lines().forEach(out::println);
    return end.execution();
  }
}
