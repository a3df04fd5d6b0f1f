package io.cta.agent.fetch;

import static io.cta.agent.fetch.GitBench.git;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What killed processes and broken disks left does not break the next fetch. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GitRepairTest {
  @TempDir Path dir;
  private GitRepository repository;
  private GitHttpServer server;
  private GitBench bench;

  @BeforeEach
  void start() throws IOException {
    repository = GitRepository.at(dir.resolve("served/app"));
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    Files.write(repository.dir().resolve("noise"), noise);
    repository.commit("file", "one");
    server = new GitHttpServer(dir.resolve("served"));
    bench = new GitBench(dir.resolve("bench"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void afterTwentyFetchesThatWereKilledTheNextOnePasses() throws Exception {
    for (int i = 0; i < 20; i++) {
      AtomicInteger calls = new AtomicInteger();
      int victim = 3 + i % 6;
      long delay = i * 3L;
      bench.commands(
          new PlainCommandRunner()
              .onStart(process -> kill(process, calls.incrementAndGet() >= victim, delay)));
      repository.commit("file", "content " + i);
      assertThrows(FetchFailed.class, () -> bench.fetch(git(server.url("app")).build()));
    }
    bench.commands(new PlainCommandRunner());
    GitBench.Fetched fetched = bench.fetch(git(server.url("app")).build());
    assertEquals("content 19", fetched.text("file"));
    assertEquals("", fetched.git("status", "--porcelain"));
    assertEquals(0, bench.commands().pauses.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shallow.lock",
        "packed-refs.lock",
        "config.lock",
        "HEAD.lock",
        "refs/cta/commits.lock",
        "objects/pack/tmp_pack_x"
      })
  void aLockThatAKilledGitLeftIsRemoved(String lock) throws Exception {
    bench.fetch(git(server.url("app")).build());
    Path left = mirror().resolve(lock);
    Files.createDirectories(left.getParent());
    Files.createFile(left);
    repository.commit("file", "two");
    assertEquals("two", bench.fetch(git(server.url("app")).build()).text("file"));
    assertTrue(Files.notExists(left));
    assertEquals(0, bench.commands().pauses.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "config", "objects"})
  void aMirrorThatIsBrokenIsMadeAnew(String part) throws Exception {
    String commit = bench.fetch(git(server.url("app")).build()).resolved().version();
    breakUp(mirror().resolve(part));
    assertEquals("one", bench.fetch(git(server.url("app")).ref(commit).build()).text("file"));
    assertEquals("one", bench.fetch(git(server.url("app")).depth(0).build()).text("file"));
  }

  @Test
  void manyFetchesDoNotMakeManyPacks() throws Exception {
    for (int i = 0; i < 60; i++) {
      repository.git("commit", "-q", "--allow-empty", "-m", "c" + i);
      bench.fetch(git(repository.dir()).build());
    }
    try (Stream<Path> packs = Files.list(mirror().resolve("objects/pack"))) {
      assertTrue(packs.filter(file -> file.toString().endsWith(".pack")).count() <= 51);
    }
  }

  private Path mirror() throws IOException {
    try (Stream<Path> dirs = Files.list(bench.cache)) {
      return dirs.map(one -> one.resolve("mirror.git")).filter(Files::exists).findFirst().get();
    }
  }

  private static void breakUp(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertTrue(file.toFile().setWritable(true));
        Files.write(file, new byte[] {'x'});
      }
    }
  }

  /** Kills a command of git after a moment, with whatever it has started. */
  private static void kill(Process process, boolean wanted, long delay) {
    if (!wanted) {
      return;
    }
    try {
      process.waitFor(delay, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
