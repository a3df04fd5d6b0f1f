package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.ServerRetryPolicy;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cancel}: asks the server to cancel an execution. */
@Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancel an execution.")
final class CancelCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "the execution")
  private String id;

  @Option(names = "--json", description = "print the execution as the API has it")
  private boolean json;

  @Override
  public Integer call() {
    JsonObject execution = cancel(server.api(), id);
    if (json) {
      print(execution.encodePrettily());
      return ExitCode.OK;
    }
    String state = execution.getString("state");
    print("cancel asked for; " + id + " is " + state);
    return ExitCode.OK;
  }

  static JsonObject cancel(ApiClient api, String id) {
    return api.post(
        "/api/v1/executions/" + ApiClient.encode(id) + "/cancel", new JsonObject(), Map.of());
  }

  /**
   * Cancels an execution; asks again while there is no answer, up to {@link
   * ServerRetryPolicy#FIRST}.
   *
   * @return a line for people that says what happened
   */
  static String cancelWithRetries(ApiClient api, String id, WaitClock clock) {
    ServerRetryPolicy retryPolicy = new ServerRetryPolicy(clock, ServerRetryPolicy.SILENT);
    while (true) {
      try {
        cancel(api, id);
        return "cta: cancelled " + id;
      } catch (CliFailure refused) {
        return notCancelled(id, refused);
      } catch (ServerUnreachable missed) {
        try {
          clock.restOrEnd(retryPolicy.unanswered(missed));
        } catch (CliFailure | ServerUnreachable over) {
          return notCancelled(id, over);
        }
      }
    }
  }

  private static String notCancelled(String id, RuntimeException why) {
    return "cta: not cancelled: " + why.getMessage() + "; it goes on: cta cancel " + id;
  }
}
