package io.cta.agent.fetch;

import io.cta.disk.HomeDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the machine's Maven keeps its files. Maven takes the user's home from the system only, and
 * where the system knows none it would create one in the current directory. Then the options name
 * the directory.
 *
 * @param repository Maven's local repository
 * @param options for each run of Maven
 */
public record MavenHome(Path repository, List<String> options) {
  public MavenHome {
    options = List.copyOf(options);
  }

  /**
   * @param fallback the repository when there is no home
   */
  public static MavenHome of(HomeDirectory home, Path fallback) {
    Path repository =
        home.existing(".m2/repository")
            .or(() -> home.writable(".m2").map(m2 -> m2.resolve("repository")))
            .orElse(fallback);
    if (!home.isOfVariable() && !repository.equals(fallback)) {
      return new MavenHome(repository, List.of());
    }
    List<String> options = new ArrayList<>(List.of("-Dmaven.repo.local=" + repository));
    home.existing(".m2/settings.xml")
        .ifPresent(settings -> options.addAll(List.of("-s", settings.toString())));
    return new MavenHome(repository, options);
  }

  /** The command line of a Maven run. */
  List<String> command(String maven, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(maven, "-q", "-B"));
    command.addAll(options);
    command.addAll(arguments);
    return command;
  }
}
