package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gives archives to an agent's fetcher by a server on loopback. */
final class ArchiveFixture implements AutoCloseable {
  final FileServer server = new FileServer();
  final Path workspace;
  final PlainCommandRunner commands = new PlainCommandRunner();
  private final InputFetcher fetcher;

  ArchiveFixture(Path dir, ArchiveLimits limits) throws IOException {
    workspace = Files.createDirectories(dir.resolve("w"));
    FetchSettings settings =
        FetchSettingsBuilder.builder(FetchSettings.defaults(dir.resolve("keys")))
            .archives(limits)
            .build();
    fetcher =
        new InputFetcher(
            new InputCache(dir.resolve("cache"), 100, 1L << 40, Clock.systemUTC()),
            new MavenHome(dir.resolve("m2"), List.of()),
            settings,
            S3Defaults.of(Map.of(), Clock.systemUTC()),
            MonotonicClock.system());
  }

  /** Unpacks an archive of that name below the workspace. */
  Path unpack(String name, byte[] archive, String to) throws FetchFailed, InterruptedException {
    server.put("/" + name, archive);
    fetch(new Repository(null, "http", null, server.url("/" + name), null, null, null, to));
    return workspace.resolve(to);
  }

  void fetch(Repository input) throws FetchFailed, InterruptedException {
    fetcher.fetch(List.of(input), workspace, false, InputSecrets.NONE, commands);
  }

  /** Returns why an archive is refused; nothing of it is left, and nobody tries it again. */
  String refused(String name, byte[] archive) throws IOException {
    long before = count();
    FetchFailed failed = assertThrows(FetchFailed.class, () -> unpack(name, archive, "to"));
    Files.deleteIfExists(workspace.resolve("to"));
    assertEquals(before, count(), "files are left");
    assertEquals(List.of(), commands.pauses, failed.getMessage());
    return failed.getMessage();
  }

  private long count() throws IOException {
    try (Stream<Path> all = Files.walk(workspace)) {
      return all.count();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
