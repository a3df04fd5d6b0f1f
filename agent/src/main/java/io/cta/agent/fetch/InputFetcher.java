package io.cta.agent.fetch;

import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryRules;
import io.cta.domain.ResolvedInput;
import io.cta.error.ServiceFailure;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fetches the inputs of a suite, one after the other. A failure that may be temporary is tried
 * again after growing pauses; each failure becomes a line of the task's output. Blocks; any thread
 * but an event loop.
 */
public final class InputFetcher {
  private final MonotonicClock ticker;
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final Map<String, InputSource> sources;
  private final MavenSource maven;

  public InputFetcher(
      InputCache cache,
      MavenHome mavenHome,
      FetchSettings settings,
      S3Defaults s3,
      MonotonicClock ticker) {
    this.ticker = ticker;
    HttpSource http = new HttpSource(cache, settings, ticker);
    this.maven = new MavenSource(cache, mavenHome);
    this.sources =
        Map.of(
            "maven",
            maven,
            "http",
            http,
            "https",
            http,
            "git",
            new GitSource(cache, settings),
            "s3",
            new S3Source(cache, settings, s3, ticker),
            "local",
            new LocalSource());
  }

  /**
   * Returns what the inputs were, in their order.
   *
   * @param describe whether that is wanted; otherwise the answer says nothing of them
   */
  public List<ResolvedInput> fetch(
      List<Repository> inputs,
      Path workspace,
      boolean describe,
      InputSecrets secrets,
      CommandRunner commands)
      throws FetchFailed, InterruptedException {
    FetchContext context = new FetchContext(workspace, describe, secrets, commands);
    FetchProgress progress = new FetchProgress(inputs.size(), commands::say, ticker);
    maven.prepare(inputs, commands, progress);
    List<ResolvedInput> resolved = new ArrayList<>(inputs.size());
    for (Repository input : inputs) {
      progress.next(input);
      resolved.add(fetch(input, context).of(resolved.size()));
    }
    return resolved;
  }

  private FetchedVersion fetch(Repository input, FetchContext context)
      throws FetchFailed, InterruptedException {
    CommandRunner commands = context.commands();
    for (int failures = 0; ; failures++) {
      commands.check();
      try {
        return once(input, context);
      } catch (FetchFailed e) {
        boolean last = !e.isRetryable() || failures == PAUSES.size();
        commands.say("cta: input not fetched: " + e.getMessage());
        if (last) {
          throw e;
        }
        commands.say("cta: trying again in " + PAUSES.get(failures).toSeconds() + " s");
      }
      commands.pause(PAUSES.get(failures));
    }
  }

  private FetchedVersion once(Repository input, FetchContext context)
      throws FetchFailed, InterruptedException {
    InputSource source = sources.get(input.type());
    if (source == null) {
      throw new FetchFailed(
          "inputs of type \"" + input.type() + "\" are not supported by this agent");
    }
    check(input);
    Path place = TargetPaths.directory(context.workspace(), input.to());
    try (StagingDirectory staging = StagingDirectory.in(context.workspace())) {
      FetchedVersion version = source.fetch(input, staging.path(), context);
      staging.moveInto(place);
      source.placed(place, context);
      return version;
    } catch (IOException e) {
      throw new FetchFailed("cannot put an input into " + input.to(), e);
    }
  }

  /** Looks at the texts again: what they are given to would take some for options. */
  private static void check(Repository input) throws FetchFailed {
    try {
      RepositoryRules.checkTexts("", input, text -> false);
    } catch (ServiceFailure e) {
      throw new FetchFailed("\"" + e.field() + "\" of an input " + e.rule());
    }
  }
}
