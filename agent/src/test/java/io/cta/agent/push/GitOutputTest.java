package io.cta.agent.push;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.fetch.GitHttpServer;
import io.cta.agent.fetch.GitRepository;
import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outputs to a branch, by the machine's git. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GitOutputTest {
  private static final S3Defaults NONE = S3Defaults.of(Map.of(), Clock.systemUTC());
  private static final String FILE = PushBench.ROOT + "artifacts/suite/a/a b.txt";
  private static final String RESULTS = PushBench.ROOT + "results.json";

  @TempDir Path dir;
  private final List<PushBench> benches = new ArrayList<>();
  private GitRepository work;
  private GitRepository origin;

  @BeforeEach
  void repositories() {
    work = GitRepository.at(dir.resolve("work"));
    work.commit("README", "about");
    work.git("clone", "-q", "--bare", ".", dir.resolve("origin.git").toString());
    origin = GitRepository.in(dir.resolve("origin.git"));
    origin.git("config", "http.receivepack", "true");
  }

  @AfterEach
  void close() throws IOException {
    for (PushBench bench : benches) {
      bench.close();
    }
  }

  @Test
  void aBranchThatIsNotThereIsBegun() throws Exception {
    PushBench bench = bench(file("results").build());
    assertEquals(List.of(), bench.push());
    assertEquals(List.of(FILE, RESULTS), files("results"));
    assertEquals("hello", origin.git("show", "results:" + FILE));
    assertEquals(
        "nightly: execution e, task t, attempt 1", origin.git("log", "--format=%s", "results"));
    assertTrue(bench.lines.get(0).contains("2 of 2 files pushed"), bench.lines.toString());
  }

  @Test
  void theCommitIsOfTheMachinesOwnIdentityIfItHasOne() throws Exception {
    PushBench bench = bench(file("results").build());
    bench.commands.with("GIT_CONFIG_NOSYSTEM", "1").with("GIT_CONFIG_GLOBAL", "/dev/null");
    assertEquals(List.of(), bench.push());
    assertEquals("CTA <cta@localhost>", origin.git("log", "--format=%an <%ae>", "results"));
    Path config = Files.writeString(dir.resolve("config"), "[user]\nname = Lab\nemail = lab@h\n");
    PushBench other = bench(file("others").build());
    other.commands.with("GIT_CONFIG_NOSYSTEM", "1").with("GIT_CONFIG_GLOBAL", config.toString());
    assertEquals(List.of(), other.push());
    assertEquals("Lab <lab@h>", origin.git("log", "--format=%an <%ae>", "others"));
  }

  @Test
  void whatIsThereStaysAndNothingIsPushedTwice() throws Exception {
    PushBench bench = bench(file("main").folder("reports/./linux/").build());
    assertEquals(List.of(), bench.push());
    assertEquals(List.of(), bench.push());
    String below = "reports/linux/";
    assertEquals(List.of("README", below + FILE, below + RESULTS), files("main"));
    assertEquals("2", origin.git("rev-list", "--count", "main"));
    assertTrue(bench.lines.get(1).contains("0 of 2 files pushed, 2 were there"));
  }

  @Test
  void manyAtOnceBuildUponEachOther() throws Exception {
    List<CompletableFuture<List<String>>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      PushBench bench = bench(file("results").folder("machine" + i).build());
      all.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return bench.push();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    for (CompletableFuture<List<String>> one : all) {
      assertEquals(List.of(), one.get(1, TimeUnit.MINUTES));
    }
    assertEquals(12, files("results").size());
    assertEquals("6", origin.git("rev-list", "--count", "--no-merges", "results"));
  }

  @Test
  void aBranchThatMovesWhileItIsPushedToIsBuiltUpon() throws Exception {
    String other = work.commit("other", "of somebody else");
    work.git("push", "-q", dir.resolve("origin.git").toString(), "HEAD:refs/heads/kept");
    hook(
        "test -e moved && exit 0; touch moved; unset GIT_QUARANTINE_PATH;"
            + " git update-ref refs/heads/main "
            + other);
    assertEquals(List.of(), bench(file("main").build()).push());
    assertEquals(List.of("README", FILE, RESULTS, "other"), files("main"));
    assertEquals(other, origin.git("rev-parse", "main~1"));
  }

  @Test
  void aBranchThatTakesNoPushIsAWarningWithTheReason() throws Exception {
    hook("echo this branch is protected; exit 1");
    PushBench bench = bench(file("main").build());
    List<String> warnings = bench.push();
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("0 of 2 files pushed; git push failed"), warnings.get(0));
    assertTrue(warnings.get(0).contains("this branch is protected"), warnings.get(0));
    assertEquals(1, bench.commands.count("push"));
  }

  @Test
  void bytesNamesAndAttributesAreNotChanged() throws Exception {
    work.commit(".gitattributes", "* text eol=crlf filter=none\n");
    work.git("push", "-q", dir.resolve("origin.git").toString(), "main");
    PushBench bench = bench(file("main").build());
    byte[] bytes = {'a', '\r', '\n', 0, (byte) 0xff, '\n'};
    bench.artifact("suite/a", "größe/名.bin", bytes);
    bench.artifact("suite/.git", "config", new byte[] {1});
    assertEquals(List.of(), bench.push());
    String below = PushBench.ROOT + "artifacts/suite/a/";
    assertTrue(
        files("main").contains(PushBench.ROOT + "artifacts/suite/%2Egit/config"),
        files("main").toString());
    Path raw = dir.resolve("raw");
    Process show =
        new ProcessBuilder("git", "cat-file", "blob", "main:" + below + "größe/名.bin")
            .directory(dir.resolve("origin.git").toFile())
            .redirectOutput(raw.toFile())
            .start();
    assertEquals(0, show.waitFor());
    assertArrayEquals(bytes, Files.readAllBytes(raw));
  }

  @Test
  void aFileOfTheBranchThatIsInTheWayStays() throws Exception {
    work.commit("nightly", "a file");
    work.git("push", "-q", dir.resolve("origin.git").toString(), "main");
    List<String> warnings = bench(file("main").build()).push();
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("nightly of the branch is in the way"), warnings.get(0));
    assertEquals("a file", origin.git("show", "main:nightly"));
  }

  @Test
  void contentsOfTheBranchAreNotFetchedWhereTheServerCanLeaveThemOut() throws Exception {
    origin.git("config", "uploadpack.allowFilter", "true");
    work.commit("large", "x".repeat(100_000));
    work.git("push", "-q", dir.resolve("origin.git").toString(), "main");
    try (GitHttpServer server = new GitHttpServer(dir)) {
      PushBench bench = bench(http(server).build());
      List<String> here = new ArrayList<>();
      bench.commands.onStart(process -> here.addAll(blobs(bench)));
      assertEquals(List.of(), bench.push());
      assertFalse(here.contains(work.git("rev-parse", "main:large")));
      assertTrue(here.contains(origin.git("rev-parse", "main:" + FILE)), here.toString());
    }
    assertEquals(List.of("README", "large", FILE, RESULTS), files("main"));
  }

  @Test
  void theTokenIsInNoArgumentAndNoFile() throws Exception {
    try (GitHttpServer server = new GitHttpServer(dir).login("oauth2", "the-token")) {
      PushBench bench = bench(http(server).token("tok").build());
      assertEquals(List.of(), bench.push());
      assertFalse(bench.commands.commands.toString().contains("the-token"));
      assertEquals(List.of("README", FILE, RESULTS), files("main"));
      PushBench wrong = bench(http(server).build());
      assertTrue(wrong.push().get(0).contains("could not read Username"), wrong.push().get(0));
    }
  }

  @Test
  void whatCannotBeIsSaidAndLeavesNothing() throws Exception {
    PushBench bench =
        bench(
            http("https://127.0.0.1:1/x.git").build(),
            RepositoryBuilder.builder().type("git").url("git://h/x.git").ref("b").build(),
            file("main").token(null).sshKey(null).ref("HEAD").build());
    List<String> warnings = bench.push();
    assertEquals(3, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("unable to access"), warnings.get(0));
    assertTrue(warnings.get(1).contains("--git-protocols"), warnings.get(1));
    assertTrue(warnings.get(2).contains("must be the name of a branch"), warnings.get(2));
    assertEquals(List.of(), left(bench));
  }

  @Test
  void thereMustBeTime() throws Exception {
    PushBench bench = bench(file("main").build());
    bench.limit = Duration.ZERO;
    assertTrue(bench.push().get(0).contains("no time left"), bench.push().get(0));
    assertEquals(List.of("README"), files("main"));
  }

  private PushBench bench(Repository... outputs) throws Exception {
    PushBench bench = new PushBench(dir.resolve("agent" + benches.size()), NONE, outputs);
    benches.add(bench);
    bench.artifact("suite/a", "a b.txt", "hello".getBytes(StandardCharsets.UTF_8));
    return bench;
  }

  private RepositoryBuilder file(String branch) {
    String url = "file://" + dir.resolve("origin.git");
    return RepositoryBuilder.builder().type("git").url(url).ref(branch);
  }

  private static RepositoryBuilder http(GitHttpServer server) {
    return http(server.url("origin.git"));
  }

  private static RepositoryBuilder http(String url) {
    return RepositoryBuilder.builder().type("git").url(url).ref("main");
  }

  /** The names of all files of a branch, sorted. */
  private List<String> files(String branch) {
    return origin
        .git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", branch)
        .lines()
        .toList();
  }

  private void hook(String script) throws IOException {
    Path hook = Files.createDirectories(dir.resolve("origin.git/hooks")).resolve("pre-receive");
    Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The contents that the agent's own repository has, while there is one. */
  private static List<String> blobs(PushBench bench) {
    Path uploads = bench.journal.dir().resolve("uploads");
    if (!Files.exists(uploads)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(uploads)) {
      return all.filter(one -> Files.exists(one.resolve("HEAD")))
          .flatMap(
              one ->
                  GitRepository.in(one)
                      .git("cat-file", "--batch-check", "--batch-all-objects")
                      .lines())
          .filter(line -> line.contains(" blob "))
          .map(line -> line.split(" ")[0])
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> left(PushBench bench) throws IOException {
    List<Path> left = new ArrayList<>();
    for (Path place : List.of(bench.journal.dir().resolve("uploads"), bench.keys())) {
      if (Files.exists(place)) {
        try (Stream<Path> all = Files.list(place)) {
          all.forEach(left::add);
        }
      }
    }
    return left;
  }
}
