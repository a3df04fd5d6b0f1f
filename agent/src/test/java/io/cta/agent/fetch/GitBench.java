package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.domain.ResolvedInput;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A machine as inputs of git see it: cache, workspaces, secrets, and programs that are run. */
final class GitBench {
  final Path cache;
  final Path keys;
  private final Path dir;
  private final InputFetcher fetcher;
  private InputSecrets secrets = InputSecrets.NONE;
  private PlainCommandRunner commands = new PlainCommandRunner();
  private int workspaces;

  GitBench(Path dir) throws IOException {
    this(dir, List.of("https", "ssh", "http", "file"));
  }

  GitBench(Path dir, List<String> protocols) throws IOException {
    this.dir = dir;
    this.cache = dir.resolve("cache");
    this.keys = dir.resolve("keys");
    this.fetcher =
        new InputFetcher(
            new InputCache(cache, 100, 1L << 40, Clock.systemUTC()),
            new MavenHome(dir.resolve("m2"), List.of()),
            FetchSettingsBuilder.builder(FetchSettings.defaults(keys))
                .gitProtocols(protocols)
                .build(),
            S3Defaults.of(Map.of(), Clock.systemUTC()),
            MonotonicClock.system());
  }

  GitBench secret(String name, String value) {
    secrets = new InputSecrets(Map.of(name, value));
    return this;
  }

  GitBench commands(PlainCommandRunner runner) {
    commands = runner;
    return this;
  }

  PlainCommandRunner commands() {
    return commands;
  }

  /** An input of git. */
  static RepositoryBuilder git(String url) {
    return RepositoryBuilder.builder().type("git").url(url).to("in");
  }

  static RepositoryBuilder git(Path repository) {
    return git(repository.toString());
  }

  /** Fetches into a new workspace. */
  Fetched fetch(Repository... inputs) throws FetchFailed, InterruptedException {
    Path workspace = workspace();
    commands.commands.clear();
    List<ResolvedInput> resolved =
        fetcher.fetch(List.of(inputs), workspace, true, secrets, commands);
    return new Fetched(workspace, workspace.resolve("in"), resolved.get(0));
  }

  FetchFailed fails(Repository... inputs) {
    return assertThrows(FetchFailed.class, () -> fetch(inputs));
  }

  private Path workspace() {
    try {
      return Files.createDirectories(dir.resolve("w" + workspaces++));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How many files below a directory have the text in name or content. */
  static long filesWith(String text, Path dir) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    if (!Files.exists(dir)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile).filter(file -> has(file, wanted)).count();
    }
  }

  private static boolean has(Path file, byte[] wanted) {
    try {
      String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return (file + content).contains(new String(wanted, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * What was fetched.
   *
   * @param dir the directory of the first input
   */
  record Fetched(Path workspace, Path dir, ResolvedInput resolved) {
    String text(String file) throws IOException {
      return Files.readString(dir.resolve(file));
    }

    String git(String... arguments) throws IOException, InterruptedException {
      List<String> command = new java.util.ArrayList<>(List.of("git"));
      command.addAll(List.of(arguments));
      return new PlainCommandRunner().run(command, dir, Map.of()).output().strip();
    }
  }
}
