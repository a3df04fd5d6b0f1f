package io.cta.agent.push;

import io.cta.agent.fetch.CommandRunner;
import io.cta.agent.fetch.FetchFailed;
import io.cta.agent.fetch.FetchSettings;
import io.cta.agent.fetch.GitSession;
import io.cta.agent.fetch.InputSecrets;
import io.cta.agent.fetch.S3Access;
import io.cta.agent.http.StopCheck;
import io.cta.agent.http.WatchedExchange;
import io.cta.agent.s3.S3Client;
import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryRules;
import io.cta.error.ServiceFailure;
import io.cta.s3.S3Address;
import io.cta.s3.S3Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens the places that outputs name.
 *
 * @param git what the operator of the machine allows git to do
 * @param states directory of uploads that have begun
 * @param title what is pushed, for people
 * @param commands runs programs, and takes lines for the output of the task
 */
record OutputTargets(
    InputSecrets secrets,
    S3Defaults s3,
    S3Target.Sizes sizes,
    FetchSettings git,
    Path states,
    String title,
    StopCheck stop,
    CommandRunner commands) {
  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final Duration LAST_IDLE = Duration.ofSeconds(3);

  OutputTarget open(Repository output) throws IOException, InterruptedException {
    WatchedExchange exchange = new WatchedExchange(stop, IDLE, bytes -> {});
    try {
      RepositoryRules.checkOutput("", output, text -> false);
      return switch (output.type()) {
        case "local" -> new LocalTarget(Path.of(output.path()));
        case "http" ->
            new HttpTarget(output.url(), secrets.line("token", output.token()), exchange);
        case "s3" -> store(output, exchange);
        case "git" ->
            GitTarget.open(
                GitSession.open(output, secrets, git, commands),
                output,
                Files.createDirectories(states),
                title,
                stop);
        default -> throw new PushFailed("this agent has no outputs of that type", false);
      };
    } catch (ServiceFailure e) {
      throw new PushFailed("\"" + e.field() + "\" " + e.rule(), false);
    } catch (FetchFailed e) {
      throw new PushFailed(e.getMessage(), false);
    }
  }

  private OutputTarget store(Repository output, WatchedExchange exchange)
      throws FetchFailed, PushFailed {
    S3Address address =
        S3Address.parse(output.url()).orElseThrow(() -> new PushFailed(S3Address.RULE, false));
    S3Credentials credentials = S3Access.credentials(output, secrets, s3);
    WatchedExchange last = new WatchedExchange(() -> {}, LAST_IDLE, bytes -> {});
    return new S3Target(
        S3Client.of(output, address, credentials, s3, exchange, commands::say),
        S3Client.of(output, address, credentials, s3, last, line -> {}),
        address,
        states,
        sizes);
  }
}
