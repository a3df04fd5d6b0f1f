package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.cta.agent.process.ProgramFinder;
import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.domain.ResolvedInput;
import io.cta.time.MonotonicClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs of every type arrive in their directory, and nowhere else. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class InputFetcherTest {
  @TempDir Path dir;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final AtomicInteger sent = new AtomicInteger();
  private HttpServer http;
  private Path workspace;
  private Path maven;
  private InputFetcher inputFetcher;

  @BeforeEach
  void start() throws IOException {
    workspace = Files.createDirectories(dir.resolve("w"));
    maven = Files.createDirectories(dir.resolve("m2"));
    inputFetcher =
        new InputFetcher(
            new InputCache(dir.resolve("cache"), 10, 1L << 40, Clock.systemUTC()),
            new MavenHome(maven, List.of()),
            FetchSettings.defaults(dir.resolve("keys")),
            S3Defaults.of(Map.of(), Clock.systemUTC()),
            MonotonicClock.system());
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    http.createContext(
        "/",
        exchange -> {
          byte[] content = files.get(exchange.getRequestURI().getPath());
          String tag = content == null ? "" : "\"" + content.length + "\"";
          if (content == null) {
            exchange.sendResponseHeaders(404, -1);
          } else if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
          } else {
            sent.incrementAndGet();
            exchange.getResponseHeaders().set("ETag", tag);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  @Test
  void aTemporaryFailureIsTriedAgainAfterPausesAndEachFailureIsSaid() throws Exception {
    http.createContext(
        "/flaky.txt",
        exchange -> {
          boolean away = sent.incrementAndGet() < 3;
          exchange.sendResponseHeaders(away ? 503 : 200, away ? -1 : 2);
          if (!away) {
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
          }
          exchange.close();
        });
    PlainCommandRunner commands = new PlainCommandRunner();
    ResolvedInput fetched =
        inputFetcher
            .fetch(
                List.of(http("/flaky.txt", null, null)),
                workspace,
                false,
                InputSecrets.NONE,
                commands)
            .get(0);
    assertNull(fetched.sha256(), "nobody asked what it was");
    assertEquals("ok", Files.readString(workspace.resolve("flaky.txt")));
    assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)), commands.pauses);
    assertEquals(4, commands.lines.size());
    assertTrue(commands.lines.get(0).contains("answered 503"), commands.lines.get(0));
  }

  @Test
  void whatIsNotThereIsAskedForOnce() {
    PlainCommandRunner commands = new PlainCommandRunner();
    FetchFailed failed =
        assertThrows(
            FetchFailed.class,
            () ->
                inputFetcher.fetch(
                    List.of(http("/nothing.txt", null, null)),
                    workspace,
                    false,
                    InputSecrets.NONE,
                    commands));
    assertFalse(failed.isRetryable());
    assertEquals(List.of(), commands.pauses);
    assertTrue(commands.lines.get(0).contains("answered 404"), commands.lines.get(0));
  }

  @Test
  void aMavenArtifactComesFromTheMachinesRepositoryUnderItsOwnName() throws Exception {
    Path jar = maven.resolve("org/x/lib/1.0/lib-1.0-tests.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "jar");
    fetch(new Repository(null, "maven", "org.x:lib:1.0:tests", null, null, null, null, "lib"));
    assertEquals("jar", Files.readString(workspace.resolve("lib/lib-1.0-tests.jar")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a:b:1:c:d:e", "a:../b:1", "a:b:1:/etc", ""})
  void whatIsNoArtifactIsRefused(String artifact) {
    fails(new Repository(null, "maven", artifact, null, null, null, null, null));
  }

  @Test
  void aFileComesByHttpAndIsAskedForOnlyWhenItChanged() throws Exception {
    files.put("/a.txt", "one".getBytes(StandardCharsets.UTF_8));
    fetch(http("/a.txt", null, "in/put"));
    fetch(http("/a.txt", null, "in/put"));
    assertEquals("one", Files.readString(workspace.resolve("in/put/a.txt")));
    assertEquals(1, sent.get());
    files.put("/a.txt", "longer".getBytes(StandardCharsets.UTF_8));
    fetch(http("/a.txt", null, "in/put"));
    assertEquals("longer", Files.readString(workspace.resolve("in/put/a.txt")));
  }

  @Test
  void aWrongDigestIsReportedAndARightOneNeedsNoSecondDownload() throws Exception {
    files.put("/a.txt", "one".getBytes(StandardCharsets.UTF_8));
    assertTrue(fails(http("/a.txt", "00", ".")).contains("sha256"));
    String right = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";
    fetch(http("/a.txt", right, "."));
    int before = sent.get();
    fetch(http("/a.txt", right, "."));
    assertEquals(before, sent.get());
  }

  @Test
  void anArchiveIsExtracted() throws Exception {
    files.put("/a.zip", zip("d/x.txt", "zipped"));
    fetch(http("/a.zip", null, "z"));
    assertEquals("zipped", Files.readString(workspace.resolve("z/d/x.txt")));
    assertFalse(Files.exists(workspace.resolve("z/a.zip")));
  }

  @Test
  void aTarIsExtractedWithItsLongNamesAndExecutableBits() throws Exception {
    assumeTrue(ProgramFinder.find("tar").isPresent());
    String name = "deep/".repeat(30) + "run.sh";
    Path source = dir.resolve("s").resolve(name);
    Files.createDirectories(source.getParent());
    Files.writeString(source, "echo hi");
    assertTrue(source.toFile().setExecutable(true));
    Path tar = dir.resolve("a.tar.gz");
    Process made =
        new ProcessBuilder("tar", "czf", tar.toString(), "-C", dir.resolve("s").toString(), "deep")
            .start();
    assertEquals(0, made.waitFor());
    files.put("/a.tar.gz", Files.readAllBytes(tar));
    fetch(http("/a.tar.gz", null, "t"));
    assertEquals("echo hi", Files.readString(workspace.resolve("t").resolve(name)));
    assertTrue(Files.isExecutable(workspace.resolve("t").resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out.txt", "a/../../out.txt", "/tmp/out.txt"})
  void anArchiveCannotWriteOutside(String entry) throws IOException {
    files.put("/evil.zip", zip(entry, "evil"));
    assertTrue(fails(http("/evil.zip", null, ".")).contains("leaves"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../..", "/tmp"})
  void anInputCannotLeaveTheWorkspace(String to) {
    files.put("/a.txt", "one".getBytes(StandardCharsets.UTF_8));
    assertTrue(fails(http("/a.txt", null, to)).contains("leaves"));
  }

  @Test
  void aMissingFileSaysWhatTheServerSaid() {
    assertTrue(fails(http("/none.txt", null, ".")).contains("404"));
  }

  @Test
  void localFilesAndDirectoriesAreCopied() throws Exception {
    Files.createDirectories(dir.resolve("src/sub"));
    Files.writeString(dir.resolve("src/sub/f"), "f");
    fetch(local(dir.resolve("src"), "copy"));
    fetch(local(dir.resolve("src/sub/f"), "one"));
    assertEquals("f", Files.readString(workspace.resolve("copy/sub/f")));
    assertEquals("f", Files.readString(workspace.resolve("one/f")));
    fails(local(dir.resolve("nothing"), "."));
    fails(local(Path.of("relative"), "."));
  }

  @Test
  void aGitRepositoryComesAtItsRefAndAgainWhenItMoved() throws Exception {
    assumeTrue(ProgramFinder.find("git").isPresent());
    Path repository = Files.createDirectories(dir.resolve("repo"));
    git(repository, "init", "-q", "-b", "main");
    commit(repository, "one");
    git(repository, "tag", "v1");
    commit(repository, "two");
    fetch(new Repository(null, "git", null, repository.toString(), null, "v1", null, "a"));
    assertEquals("one", Files.readString(workspace.resolve("a/file")));
    commit(repository, "three");
    ResolvedInput moved =
        fetch(new Repository(null, "git", null, repository.toString(), null, null, null, "b"));
    assertEquals("three", Files.readString(workspace.resolve("b/file")));
    assertEquals("main", moved.branch());
    assertEquals("three", moved.subject());
    commit(repository, "four");
    String commit = moved.version();
    ResolvedInput held =
        fetch(new Repository(null, "git", null, repository.toString(), null, commit, null, "d"));
    assertEquals("three", Files.readString(workspace.resolve("d/file")));
    assertEquals(commit, held.version());
    assertNull(held.branch());
    assertTrue(
        fails(new Repository(null, "git", null, repository.toString(), null, "nope", null, "c"))
            .contains("nope"));
  }

  @Test
  void whatThisAgentCannotFetchIsReported() {
    String said = fails(new Repository(null, "svn", null, null, null, null, null, null));
    assertTrue(said.contains("not supported by this agent"), said);
  }

  private ResolvedInput fetch(Repository input) throws FetchFailed, InterruptedException {
    return inputFetcher
        .fetch(List.of(input), workspace, true, InputSecrets.NONE, new PlainCommandRunner())
        .get(0);
  }

  private String fails(Repository input) {
    return assertThrows(FetchFailed.class, () -> fetch(input)).getMessage();
  }

  private Repository http(String path, String sha256, String to) {
    String url = "http://127.0.0.1:" + http.getAddress().getPort() + path;
    return new Repository(null, "http", null, url, null, null, sha256, to);
  }

  private static Repository local(Path path, String to) {
    return new Repository(null, "local", null, null, path.toString(), null, null, to);
  }

  private static byte[] zip(String name, String content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static void commit(Path repository, String content) throws Exception {
    Files.writeString(repository.resolve("file"), content);
    git(repository, "add", "file");
    git(
        repository,
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "commit",
        "-q",
        "-m",
        content);
  }

  private static void git(Path cwd, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    assertEquals(0, new PlainCommandRunner().run(command, cwd, Map.of()).exit());
  }
}
