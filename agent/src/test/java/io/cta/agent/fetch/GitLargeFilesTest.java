package io.cta.agent.fetch;

import static io.cta.agent.fetch.GitBench.git;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.fetch.GitBench.Fetched;
import io.cta.agent.process.ProgramFinder;
import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of Git LFS come as files, or nothing comes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GitLargeFilesTest {
  private static final String FOO =
      "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

  private static final String POINTER =
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:%s
      size 3
      """
          .formatted(FOO);

  @TempDir Path dir;
  private GitRepository repository;
  private GitBench bench;

  @BeforeEach
  void start() throws IOException {
    repository = GitRepository.at(dir.resolve("served/app"));
    bench = new GitBench(dir.resolve("bench"));
  }

  @Test
  void aPointerIsNeverTakenForTheFileWhereGitLfsIsAbsent() throws Exception {
    commitPointer();
    bench.commands(withoutGitLfs());
    FetchFailed failed = bench.fails(git(repository.dir()).build());
    assertTrue(failed.getMessage().contains("needs git-lfs"), failed.getMessage());
    assertTrue(failed.isInfrastructure(), "another machine may have it");
    assertFalse(failed.isRetryable(), "this one will not");
    assertEquals(List.of(), bench.commands().pauses);
  }

  @Test
  void whoDoesNotWantTheFilesGetsPointers() throws Exception {
    commitPointer();
    bench.commands(withoutGitLfs());
    assertEquals(POINTER, bench.fetch(git(repository.dir()).lfs(false).build()).text("big.bin"));
    bench.commands(new PlainCommandRunner());
    assertEquals(POINTER, bench.fetch(git(repository.dir()).lfs(false).build()).text("big.bin"));
  }

  @Test
  void aRepositoryWithoutSuchFilesNeedsNoGitLfs() throws Exception {
    repository.commit("file", "one");
    bench.commands(withoutGitLfs());
    assertEquals("one", bench.fetch(git(repository.dir()).build()).text("file"));
  }

  @Test
  void theFilesComeAndNothingSeemsChanged() throws Exception {
    RequiredProgram.assume(ProgramFinder.find("git-lfs").isPresent(), "git-lfs");
    repository.git("lfs", "install", "--local");
    repository.git("lfs", "track", "*.bin");
    repository.commit("d/big.bin", "large content");
    Fetched fetched = bench.fetch(git(repository.dir()).build());
    assertEquals("large content", fetched.text("d/big.bin"));
    assertEquals("", fetched.git("status", "--porcelain"));
    Fetched folder = bench.fetch(git(repository.dir()).folder("d").build());
    assertEquals("large content", folder.text("big.bin"));
    Fetched byUrl = bench.fetch(git("file://" + repository.dir()).build());
    assertEquals("large content", byUrl.text("d/big.bin"));
  }

  @Test
  void theFilesComeWithTheTokenOfTheInputAndAreKept() throws Exception {
    RequiredProgram.assume(ProgramFinder.find("git-lfs").isPresent(), "git-lfs");
    commitPointer();
    bench.secret("git", "secret-token");
    try (GitHttpServer server = new GitHttpServer(dir.resolve("served"))) {
      server.login("me", "secret-token").largeFile(FOO, "foo");
      Repository input = git(server.url("app")).token("git").user("me").build();
      Fetched fetched = bench.fetch(input);
      assertEquals("foo", fetched.text("big.bin"));
      assertEquals("", fetched.git("status", "--porcelain"));
      assertEquals(0, GitBench.filesWith("secret-token", dir.resolve("bench")));
      assertEquals(1, server.largeFilesSent());
      assertEquals("foo", bench.fetch(input).text("big.bin"));
      assertEquals(1, server.largeFilesSent());
      bench.secret("git", "wrong");
      assertFalse(bench.fails(input).isInfrastructure());
    }
  }

  @Test
  void aFileThatTheServerDoesNotHaveFailsTheInput() throws Exception {
    RequiredProgram.assume(ProgramFinder.find("git-lfs").isPresent(), "git-lfs");
    commitPointer();
    FetchFailed failed = bench.fails(git(repository.dir()).build());
    assertTrue(failed.getMessage().contains("lfs"), failed.getMessage());
  }

  private void commitPointer() throws IOException {
    Files.writeString(
        repository.dir().resolve(".gitattributes"), "*.bin filter=lfs diff=lfs merge=lfs -text\n");
    Files.writeString(repository.dir().resolve("big.bin"), POINTER);
    // the machine may have filters of its own
    repository.git("config", "filter.lfs.clean", "");
    repository.git("config", "filter.lfs.process", "");
    repository.git("config", "filter.lfs.required", "false");
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "pointer");
  }

  /** Runs programs with a PATH that has all that git needs but git-lfs. */
  private PlainCommandRunner withoutGitLfs() throws IOException {
    Path bin = Files.createDirectories(dir.resolve("bin"));
    for (String program : List.of("git", "sh", "cat", "env")) {
      Path link = bin.resolve(program);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, ProgramFinder.find(program).orElseThrow());
      }
    }
    return new PlainCommandRunner().with("PATH", bin.toString());
  }
}
