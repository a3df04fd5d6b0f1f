package io.cta.agent.fetch;

import io.cta.domain.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Fetches the inputs of a suite, one after the other. Blocks; any thread but an event loop. */
public final class Fetcher {
  private final Map<String, Source> sources;

  public Fetcher(Cache cache, Path mavenRepository) {
    HttpSource http = new HttpSource(cache);
    this.sources =
        Map.of(
            "maven", new MavenSource(cache, mavenRepository),
            "http", http,
            "https", http,
            "git", new GitSource(cache),
            "local", new LocalSource());
  }

  public void fetch(List<Repository> inputs, Path workspace, Commands commands)
      throws FetchFailed, InterruptedException {
    for (Repository input : inputs) {
      commands.check();
      Source source = sources.get(input.type());
      if (source == null) {
        throw new FetchFailed(
            "inputs of type \"" + input.type() + "\" are not supported by this agent");
      }
      source.fetch(input, Target.directory(workspace, input.to()), commands);
    }
  }
}
