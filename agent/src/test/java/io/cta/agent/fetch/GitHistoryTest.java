package io.cta.agent.fetch;

import static io.cta.agent.fetch.GitBench.git;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.agent.fetch.GitBench.Fetched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which commit is laid down, with how much history, and what is asked of the server for that. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GitHistoryTest {
  @TempDir Path dir;
  private final List<String> commits = new ArrayList<>();
  private GitRepository repository;
  private GitHttpServer server;
  private GitBench bench;

  @BeforeEach
  void start() throws IOException {
    repository = GitRepository.at(dir.resolve("served/app"));
    for (int i = 0; i < 5; i++) {
      commits.add(repository.commit("file", "content " + i));
    }
    server = new GitHttpServer(dir.resolve("served"));
    bench = new GitBench(dir.resolve("bench"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "3", "4"})
  void aCommitBehindTheTipComesFromAServerThatGivesTipsOnly(int behind) throws Exception {
    String commit = commits.get(4 - behind);
    Fetched fetched = bench.fetch(git(url()).ref(commit).build());
    assertEquals("content " + (4 - behind), fetched.text("file"));
    assertEquals(commit, fetched.git("rev-parse", "HEAD"));
    assertEquals("1", fetched.git("rev-list", "--count", "HEAD"));
  }

  @Test
  void aCommitThatNoBranchHasIsFoundByAnyRef() throws Exception {
    repository.git("checkout", "-q", "-b", "aside");
    String change = repository.commit("file", "of a change request");
    String later = repository.commit("file", "later");
    repository.git("update-ref", "refs/pull/7/head", later);
    repository.git("checkout", "-q", "main");
    repository.git("branch", "-q", "-D", "aside");
    assertEquals("of a change request", bench.fetch(git(url()).ref(change).build()).text("file"));
    Fetched byRef = bench.fetch(git(url()).ref("pull/7/head").build());
    assertEquals(later, byRef.resolved().version());
    assertNull(byRef.resolved().branch());
  }

  @Test
  void aTipIsFetchedAloneAndAnotherTimeNotAtAll() throws Exception {
    Fetched first = bench.fetch(git(url()).ref("main").build());
    assertEquals("main", first.resolved().branch());
    assertEquals("content 4", first.resolved().subject());
    assertEquals("t", first.resolved().author());
    server.close();
    Fetched again = bench.fetch(git(url()).ref(first.resolved().version()).build());
    assertEquals("content 4", again.text("file"));
    assertEquals(0, bench.commands().count("ls-remote"));
  }

  @Test
  void aServerThatIsGoneIsNobodysFaultAndNothingIsLaidDown() {
    server.close();
    FetchFailed failed = bench.fails(git(url()).ref("main").build());
    assertTrue(failed.isRetryable(), failed.getMessage());
    assertTrue(failed.isInfrastructure());
    assertEquals(2, bench.commands().pauses.size());
  }

  @ParameterizedTest
  @CsvSource({"nope", "refs/heads/nope", "abcdef1", "0123456789abcdef0123456789abcdef01234567"})
  void aRefThatDoesNotExistIsNoFaultOfTheMachine(String ref) {
    FetchFailed failed = bench.fails(git(url()).ref(ref).build());
    assertFalse(failed.isInfrastructure(), failed.getMessage());
    assertTrue(failed.getMessage().contains("there is no " + ref), failed.getMessage());
    assertEquals(List.of(), bench.commands().pauses);
  }

  @Test
  void aRepositoryThatDoesNotExistIsNoFaultOfTheMachine() {
    FetchFailed failed = bench.fails(git(server.url("other")).build());
    assertFalse(failed.isInfrastructure(), failed.getMessage());
  }

  @Test
  void aBranchGoesBeforeATagAndWholeNamesAreTaken() throws Exception {
    repository.git("tag", "both", commits.get(0));
    repository.git("branch", "both", commits.get(1));
    repository.git("tag", "-a", "-m", "text", "v1", commits.get(2));
    assertEquals("content 1", bench.fetch(git(url()).ref("both").build()).text("file"));
    assertEquals("content 0", bench.fetch(git(url()).ref("refs/tags/both").build()).text("file"));
    Fetched tag = bench.fetch(git(url()).ref("v1").build());
    assertEquals(commits.get(2), tag.resolved().version());
    assertNull(tag.resolved().branch());
  }

  @Test
  void withoutARefItIsTheServersOwnBranch() throws Exception {
    Fetched fetched = bench.fetch(git(url()).build());
    assertEquals("main", fetched.resolved().branch());
    assertEquals(commits.get(4), fetched.resolved().version());
    assertEquals(url(), fetched.git("remote", "get-url", "origin"));
    assertEquals("", fetched.git("status", "--porcelain"));
  }

  @Test
  void aShortCommitIsFoundInAllOfTheHistory() throws Exception {
    Fetched fetched = bench.fetch(git(url()).ref(commits.get(1).substring(0, 9)).build());
    assertEquals(commits.get(1), fetched.resolved().version());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,3", "5,5", "100,5", "0,5"})
  void depthSaysHowManyCommitsThereAre(int depth, int expected) throws Exception {
    // what was fetched before must not change it
    bench.fetch(git(url()).ref("main").build());
    repository.commit("file", "content 5");
    Fetched fetched = bench.fetch(git(url()).ref("main").depth(depth).build());
    assertEquals("content 5", fetched.text("file"));
    int more = depth == 0 || depth > 5 ? 1 : 0;
    assertEquals(String.valueOf(expected + more), fetched.git("rev-list", "--count", "HEAD"));
  }

  @Test
  void allOfTheHistoryHasBranchesAndTags() throws Exception {
    repository.git("tag", "v1", commits.get(3));
    Fetched fetched = bench.fetch(git(url()).depth(0).build());
    assertEquals("v1-1-g", fetched.git("describe", "--tags").substring(0, 6));
    assertEquals(commits.get(4), fetched.git("rev-parse", "origin/main"));
  }

  @Test
  void aRewrittenBranchIsFollowed() throws Exception {
    bench.fetch(git(url()).depth(0).build());
    repository.git("reset", "-q", "--hard", commits.get(1));
    String other = repository.commit("file", "rewritten");
    assertEquals(other, bench.fetch(git(url()).depth(0).build()).resolved().version());
    assertEquals(other, bench.fetch(git(url()).build()).resolved().version());
  }

  @Test
  void onlyAFolderOfItIsLaidDown() throws Exception {
    repository.commit("a b/[x]/in", "in");
    repository.commit("a b/[x]/deep/er", "er");
    repository.commit("a b/x/out", "out");
    Fetched fetched = bench.fetch(git(url()).folder("a b/[x]").build());
    assertEquals("in", fetched.text("in"));
    assertEquals("er", fetched.text("deep/er"));
    try (var all = Files.list(fetched.dir())) {
      assertEquals(2, all.count());
    }
    FetchFailed none = bench.fails(git(url()).folder("a b/none").build());
    assertTrue(none.getMessage().contains("no folder a b/none"), none.getMessage());
    assertFalse(none.isInfrastructure());
  }

  @Test
  void aFolderThatIsALinkIsNone() throws Exception {
    Files.createSymbolicLink(repository.dir().resolve("link"), Path.of("/etc"));
    repository.commit("x", "x");
    FetchFailed failed = bench.fails(git(url()).folder("link").build());
    assertTrue(failed.getMessage().contains("no folder link"), failed.getMessage());
  }

  @Test
  void aRepositoryOfAnotherUserIsReadWithoutASetting() throws Exception {
    try (Stream<Path> files = Files.walk(repository.dir())) {
      UserPrincipal nobody =
          dir.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      for (Path file : files.toList()) {
        Files.setOwner(file, nobody);
      }
    } catch (IOException e) {
      assumeTrue(false, "only root can give files to another user");
    }
    assertEquals("content 4", bench.fetch(git(repository.dir()).build()).text("file"));
    assertEquals("content 4", bench.fetch(git(repository.dir()).depth(0).build()).text("file"));
  }

  @Test
  void aCommitMayBeWrittenInCapitals() throws Exception {
    String commit = commits.get(1);
    Fetched fetched = bench.fetch(git(url()).ref(commit.toUpperCase(Locale.ROOT)).build());
    assertEquals(commit, fetched.resolved().version());
  }

  @Test
  void commitsOfSha256AreTaken() throws Exception {
    Path other = dir.resolve("served/long");
    Files.createDirectories(other);
    GitRepository made = GitRepository.at(dir.resolve("plain"));
    made.git("init", "-q", "-b", "main", "--object-format=sha256", other.toString());
    GitRepository longer = GitRepository.at(other);
    String commit = longer.commit("file", "long");
    assertEquals(64, commit.length());
    assertEquals("long", bench.fetch(git(server.url("long")).build()).text("file"));
    assertEquals("long", bench.fetch(git(server.url("long")).ref(commit).build()).text("file"));
  }

  private String url() {
    return server.url("app");
  }
}
