package io.cta.agent.fetch;

import static io.cta.agent.fetch.GitBench.filesWith;
import static io.cta.agent.fetch.GitBench.git;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.fetch.GitBench.Fetched;
import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A token opens its own server and is seen nowhere else. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GitSecretsTest {
  private static final String TOKEN = "glpat-T0k3n_0f-the.t3st";

  @TempDir Path dir;
  private GitHttpServer server;
  private GitHttpServer other;
  private GitBench bench;

  @BeforeEach
  void start() throws IOException {
    GitRepository repository = GitRepository.at(dir.resolve("served/app"));
    repository.commit("file", "one");
    server = new GitHttpServer(dir.resolve("served")).login(Repository.TOKEN_USER, TOKEN);
    other = new GitHttpServer(dir.resolve("served")).login("nobody", "never");
    bench = new GitBench(dir.resolve("bench")).secret("git", TOKEN);
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theTokenIsInNoArgumentNoFileAndNoText() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger looked = new AtomicInteger();
    Thread sampler = new Thread(() -> sample(over, looked, seen));
    sampler.start();
    Fetched fetched;
    try {
      fetched = bench.fetch(input());
    } finally {
      over.set(true);
      sampler.join();
    }
    assertEquals("one", fetched.text("file"));
    assertTrue(looked.get() > 0);
    assertEquals(0, seen.get(), "arguments with the token");
    assertFalse(bench.commands().commands.toString().contains(TOKEN));
    assertEquals(0, filesWith(TOKEN, dir.resolve("bench")));
    assertEquals(0, filesWith(basic(), dir.resolve("bench")));
    assertEquals(url(), fetched.git("remote", "get-url", "origin"));
    try (Stream<Path> left = Files.list(bench.keys)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aTokenThatIsNotTakenIsSaidWithoutShowingItAndNotTriedAgain() {
    FetchFailed failed = bench.secret("git", "wrong-" + TOKEN).fails(input());
    assertFalse(failed.isInfrastructure(), failed.getMessage());
    assertTrue(failed.getMessage().contains("Authentication failed"), failed.getMessage());
    assertFalse((failed.getMessage() + bench.commands().lines).contains(TOKEN));
    assertEquals(List.of(), bench.commands().pauses);
  }

  @Test
  void withoutATokenNobodyIsAsked() {
    FetchFailed failed = bench.fails(git(url()).build());
    assertTrue(failed.getMessage().contains("could not read Username"), failed.getMessage());
  }

  @Test
  void aSecretThatTheTaskDoesNotHaveIsNamed() {
    FetchFailed failed = bench.fails(git(url()).token("none").build());
    assertTrue(failed.getMessage().contains("secret \"none\""), failed.getMessage());
    assertFalse(failed.isInfrastructure());
  }

  @Test
  void whoHasNoAccessGetsNothingFromTheCache() throws Exception {
    Fetched fetched = bench.fetch(input());
    String commit = fetched.resolved().version();
    assertEquals("one", bench.fetch(git(url()).ref(commit).token("git").build()).text("file"));
    bench.fails(git(url()).ref(commit).build());
    bench.secret("git", "wrong").fails(git(url()).ref(commit).token("git").build());
  }

  @Test
  void aRedirectToAnotherServerDoesNotTakeTheTokenAlong() {
    server.redirectTo(other.url("").replaceFirst("/$", ""));
    bench.fails(input());
    assertTrue(server.logins.stream().anyMatch(login -> login.contains(basic())));
    assertTrue(other.logins.size() > 0);
    assertTrue(other.logins.stream().allMatch(String::isEmpty), other.logins.toString());
  }

  @Test
  void aServerThatARedirectLeadsToIsNotGivenTheTokenLaterEither() throws Exception {
    try (GitHttpServer front = new GitHttpServer(dir.resolve("served"));
        GitHttpServer open = new GitHttpServer(dir.resolve("served"))) {
      front.redirectTo(open.url("").replaceFirst("/$", ""));
      Repository input = git(front.url("app")).token("git").build();
      assertEquals("one", bench.fetch(input).text("file"));
      assertTrue(open.logins.size() > 1);
      assertTrue(open.logins.stream().allMatch(String::isEmpty), open.logins.toString());
    }
  }

  @Test
  void aSubmoduleOfAnotherServerDoesNotGetTheToken() throws Exception {
    GitRepository repository = GitRepository.at(dir.resolve("served/super"));
    Files.writeString(
        repository.dir().resolve(".gitmodules"),
        "[submodule \"lib\"]\n\tpath = lib\n\turl = " + other.url("app") + "\n");
    repository.commit("file", "one");
    GitRepository app = GitRepository.at(dir.resolve("served/app"));
    String link = "160000," + app.git("rev-parse", "HEAD") + ",lib";
    repository.git("update-index", "--add", "--cacheinfo", link);
    repository.git("commit", "-q", "-m", "link");
    FetchFailed failed = bench.fails(git(server.url("super")).token("git").build());
    assertTrue(failed.getMessage().contains("submodule lib"), failed.getMessage());
    assertTrue(other.logins.size() > 0);
    assertTrue(other.logins.stream().allMatch(String::isEmpty), other.logins.toString());
  }

  @Test
  void theUsersOwnConfigurationAndHelpersStayAsTheyAre() throws Exception {
    Path home = Files.createDirectories(dir.resolve("home"));
    String config = "[credential]\n\thelper = store\n[user]\n\tname = me\n";
    Files.writeString(home.resolve(".gitconfig"), config);
    bench.commands(new PlainCommandRunner().with("HOME", home.toString())).fetch(input());
    assertEquals(config, Files.readString(home.resolve(".gitconfig")));
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(List.of(home.resolve(".gitconfig")), files.toList());
    }
  }

  @Test
  void hooksOfTheMachineDoNotRun() throws Exception {
    Path home = Files.createDirectories(dir.resolve("home"));
    Path hook = Files.createDirectories(home.resolve("hooks")).resolve("post-checkout");
    Files.writeString(hook, "#!/bin/sh\ntouch " + home.resolve("ran") + "\n");
    assertTrue(hook.toFile().setExecutable(true));
    Files.writeString(
        home.resolve(".gitconfig"), "[core]\n\thooksPath = " + home.resolve("hooks") + "\n");
    bench.commands(new PlainCommandRunner().with("HOME", home.toString())).fetch(input());
    assertFalse(Files.exists(home.resolve("ran")));
  }

  @Test
  void aTransportThatTheMachineDoesNotAllowIsRefusedByName() throws Exception {
    GitBench strict =
        new GitBench(dir.resolve("strict"), List.of("https", "ssh")).secret("git", TOKEN);
    FetchFailed failed = strict.fails(input());
    assertTrue(failed.getMessage().contains("by http"), failed.getMessage());
    assertTrue(failed.isInfrastructure());
    assertTrue(
        strict.fails(git(dir.resolve("served/app")).build()).getMessage().contains("by file"));
    assertEquals(List.of(), server.logins);
  }

  private Repository input() {
    return git(url()).token("git").build();
  }

  private String url() {
    return server.url("app");
  }

  private static String basic() {
    byte[] text = (Repository.TOKEN_USER + ":" + TOKEN).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(text);
  }

  private static void sample(AtomicBoolean over, AtomicInteger looked, AtomicInteger seen) {
    while (!over.get()) {
      try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
        processes
            .map(process -> process.resolve("cmdline"))
            .forEach(
                file -> {
                  String line = read(file);
                  looked.addAndGet(line.contains("git") ? 1 : 0);
                  seen.addAndGet(line.contains(TOKEN) || line.contains(basic()) ? 1 : 0);
                });
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
