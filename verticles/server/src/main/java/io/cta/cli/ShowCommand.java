package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import io.cta.cli.explain.FailureSummary;
import io.cta.cli.watch.ExecutionSummary;
import io.cta.cli.watch.FollowedExecution;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show}: prints how an execution stands, and why it is not ok. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Print how an execution stands and why it is not ok.")
final class ShowCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "the execution")
  private String id;

  @Option(names = "--json", description = "print the execution as the API has it")
  private boolean json;

  @Override
  public Integer call() {
    ApiClient api = server.api();
    PrintWriter out = out();
    if (json) {
      out.println(api.get("/api/v1/executions/" + ApiClient.encode(id)).encodePrettily());
      return ExitCode.OK;
    }
    FollowedExecution now = new FollowedExecution.Loader(api, id).take();
    ExecutionSummary.lines(now).forEach(out::println);
    if (now.execution().state().terminal()) {
      new FailureSummary(api, now.execution()).lines().forEach(out::println);
    }
    out.println("  " + api.server() + "/#/executions/" + now.execution().id());
    return ExitCode.OK;
  }
}
