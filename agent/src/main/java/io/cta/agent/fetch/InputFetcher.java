package io.cta.agent.fetch;

import io.cta.domain.Repository;
import io.cta.domain.ResolvedInput;
import io.cta.time.MonotonicClock;
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

  public InputFetcher(InputCache cache, MavenHome mavenHome, MonotonicClock ticker) {
    this.ticker = ticker;
    HttpSource http = new HttpSource(cache);
    this.maven = new MavenSource(cache, mavenHome);
    this.sources =
        Map.of(
            "maven", maven,
            "http", http,
            "https", http,
            "git", new GitSource(cache),
            "local", new LocalSource());
  }

  /**
   * Returns what the inputs were, in their order.
   *
   * @param describe whether that is wanted; otherwise the answer says nothing of them
   */
  public List<ResolvedInput> fetch(
      List<Repository> inputs, Path workspace, boolean describe, CommandRunner commands)
      throws FetchFailed, InterruptedException {
    FetchProgress progress = new FetchProgress(inputs.size(), commands::say, ticker);
    maven.prepare(inputs, commands, progress);
    List<ResolvedInput> resolved = new ArrayList<>(inputs.size());
    for (Repository input : inputs) {
      progress.next(input);
      resolved.add(fetch(input, workspace, describe, commands).of(resolved.size()));
    }
    return resolved;
  }

  private FetchedVersion fetch(
      Repository input, Path workspace, boolean describe, CommandRunner commands)
      throws FetchFailed, InterruptedException {
    for (int failures = 0; ; failures++) {
      commands.check();
      try {
        return once(input, workspace, describe, commands);
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

  private FetchedVersion once(
      Repository input, Path workspace, boolean describe, CommandRunner commands)
      throws FetchFailed, InterruptedException {
    InputSource source = sources.get(input.type());
    if (source == null) {
      throw new FetchFailed(
          "inputs of type \"" + input.type() + "\" are not supported by this agent");
    }
    return source.fetch(input, TargetPaths.directory(workspace, input.to()), describe, commands);
  }
}
