package io.cta.agent.fetch;

import io.cta.disk.HomeDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the machine's Maven keeps its files. It asks the system alone for the user's home, and
 * where that knows none it would make one in the current directory: then it has to be told.
 *
 * @param repository artifacts that are there already
 * @param options for each run of Maven
 */
public record MavenHome(Path repository, List<String> options) {
  public MavenHome {
    options = List.copyOf(options);
  }

  /**
   * @param otherwise the repository when there is no home
   */
  public static MavenHome of(HomeDirectory home, Path otherwise) {
    Path repository =
        home.existing(".m2/repository")
            .or(() -> home.writable(".m2").map(m2 -> m2.resolve("repository")))
            .orElse(otherwise);
    if (!home.isOfVariable() && !repository.equals(otherwise)) {
      return new MavenHome(repository, List.of());
    }
    List<String> options = new ArrayList<>(List.of("-Dmaven.repo.local=" + repository));
    home.existing(".m2/settings.xml")
        .ifPresent(settings -> options.addAll(List.of("-s", settings.toString())));
    return new MavenHome(repository, options);
  }

  /** A command line of Maven. */
  List<String> command(String maven, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(maven, "-q", "-B"));
    command.addAll(options);
    command.addAll(arguments);
    return command;
  }
}
