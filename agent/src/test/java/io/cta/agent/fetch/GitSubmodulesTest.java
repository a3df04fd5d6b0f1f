package io.cta.agent.fetch;

import static io.cta.agent.fetch.GitBench.git;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.agent.fetch.GitBench.Fetched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Submodules come at the commit that is recorded, and hostile ones do not come. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GitSubmodulesTest {
  @TempDir Path dir;
  private GitHttpServer server;
  private GitBench bench;
  private GitRepository app;
  private GitRepository lib;
  private String recorded;

  @BeforeEach
  void start() throws IOException {
    GitRepository deep = GitRepository.at(dir.resolve("served/deep"));
    String deepest = deep.commit("file", "deep");
    lib = GitRepository.at(dir.resolve("served/group/lib"));
    link(lib, "inner", "../../deep", deepest);
    recorded = lib.commit("file", "lib 0");
    for (int i = 1; i < 4; i++) {
      lib.commit("file", "lib " + i);
    }
    app = GitRepository.at(dir.resolve("served/group/app"));
    app.commit("file", "app");
    server = new GitHttpServer(dir.resolve("served"));
    bench = new GitBench(dir.resolve("bench"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theyComeByRelativeAddressesBehindTheTipAndAllTheWayDown() throws Exception {
    link(app, "ext/lib", "../lib", recorded);
    Fetched fetched = bench.fetch(git(server.url("group/app")).build());
    assertEquals("lib 0", fetched.text("ext/lib/file"));
    assertEquals("deep", fetched.text("ext/lib/inner/file"));
    assertEquals("", fetched.git("status", "--porcelain"));
    assertTrue(fetched.git("submodule", "status").startsWith(recorded + " ext/lib"));
  }

  @Test
  void thoseOfAnotherUserAreReadWithoutASetting() throws Exception {
    link(app, "lib", "../lib", recorded);
    try (Stream<Path> files = Files.walk(dir.resolve("served"))) {
      UserPrincipal nobody =
          dir.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      for (Path file : files.toList()) {
        Files.setOwner(file, nobody);
      }
    } catch (IOException e) {
      assumeTrue(false, "only root can give files to another user");
    }
    Fetched fetched = bench.fetch(git(app.dir()).build());
    assertEquals("lib 0", fetched.text("lib/file"));
    assertEquals("deep", fetched.text("lib/inner/file"));
  }

  @Test
  void theyComeFromTheCacheAnotherTime() throws Exception {
    link(app, "lib", "../lib", recorded);
    String commit = bench.fetch(git(server.url("group/app")).build()).resolved().version();
    server.close();
    Fetched again = bench.fetch(git(server.url("group/app")).ref(commit).build());
    assertEquals("lib 0", again.text("lib/file"));
  }

  @Test
  void theyStayAwayWhenTheyAreNotWanted() throws Exception {
    link(app, "lib", "../lib", recorded);
    Fetched fetched = bench.fetch(git(server.url("group/app")).submodules(false).build());
    assertFalse(Files.exists(fetched.dir().resolve("lib/file")));
  }

  @Test
  void onlyThoseOfTheFolderCome() throws Exception {
    link(app, "a/lib", "../lib", recorded);
    link(app, "b/none", "../none", recorded);
    app.commit("a/own", "own");
    Fetched fetched = bench.fetch(git(server.url("group/app")).folder("a").build());
    assertEquals("lib 0", fetched.text("lib/file"));
    assertEquals("own", fetched.text("own"));
  }

  @Test
  void oneThatIsNotThereFailsTheInputByName() {
    link(app, "lib", "../none", recorded);
    FetchFailed failed = bench.fails(git(server.url("group/app")).build());
    assertTrue(failed.getMessage().contains("submodule lib: "), failed.getMessage());
    assertFalse(failed.isInfrastructure());
  }

  @ParameterizedTest
  @CsvSource({
    "lib,ext::sh -c touch% /tmp/x,url",
    "lib,--upload-pack=x,url",
    "lib,ssh://-oProxyCommand=x/a,url",
    "lib,../../../../../up,url",
    "lib,/etc,of file",
    "lib,file:///etc,of file",
    "lib,git://127.0.0.1/x,of git"
  })
  void anAddressThatWouldRunOrReadSomethingElseIsRefused(String path, String url, String why) {
    link(app, path, url, recorded);
    FetchFailed failed = bench.fails(git(server.url("group/app")).build());
    assertTrue(failed.getMessage().contains("refused"), failed.getMessage());
    assertTrue(failed.getMessage().contains(why), failed.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"../out", "/tmp/out", "-x", ".git/hooks", "a/.GIT/x", "a/../../out"})
  void aPathThatLeadsOutIsRefused(String path) throws IOException {
    Files.writeString(
        app.dir().resolve(".gitmodules"),
        "[submodule \"lib\"]\n\tpath = " + path + "\n\turl = ../lib\n");
    app.commit("file", "hostile");
    FetchFailed failed = bench.fails(git(server.url("group/app")).build());
    assertTrue(failed.getMessage().contains("refused for its path"), failed.getMessage());
  }

  private static void link(GitRepository in, String path, String url, String commit) {
    try {
      Path file = in.dir().resolve(".gitmodules");
      String before = Files.exists(file) ? Files.readString(file) : "";
      Files.writeString(
          file,
          before + "[submodule \"" + path + "\"]\n\tpath = " + path + "\n\turl = " + url + "\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    in.git("add", ".gitmodules");
    in.git("update-index", "--add", "--cacheinfo", "160000," + commit + "," + path);
    in.git("commit", "-q", "-m", "link " + path);
    // so that adding files does not take the link away
    try {
      Files.createDirectories(in.dir().resolve(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
