package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.cta.agent.s3.S3Defaults;
import io.cta.agent.s3.S3FakeServer;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.domain.ResolvedInput;
import io.cta.s3.Sha256;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects come whole and once, or not at all, whatever the store does. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class S3InputTest {
  private static final int SIZE = 200_000;
  private static final int HALF = 80_000;

  @TempDir Path dir;
  private final S3FakeServer store = new S3FakeServer();
  private final PlainCommandRunner commands = new PlainCommandRunner();
  private S3Defaults defaults = S3FakeServer.defaults();
  private InputSecrets secrets = InputSecrets.NONE;
  private ArchiveLimits limits = ArchiveLimits.DEFAULT;
  private ResolvedInput resolved;
  private int workspaces;

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void anObjectIsFetchedOnceAndThenOnlyAskedAbout() throws Exception {
    byte[] content = random();
    store.bucket.put("a/f", content);
    assertArrayEquals(content, file("a/f", "f"));
    assertEquals(Sha256.of(content), resolved.sha256());
    assertEquals("v1", resolved.version());
    store.fault(
        (exchange, asked) -> {
          assertEquals("\"e-v1\"", exchange.getRequestHeaders().getFirst("If-None-Match"));
          return false;
        });
    assertArrayEquals(content, file("a/f", "f"));
    assertEquals(2, store.asked.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a+b", "a%20b", "ü", "x//y", "~*()'!", "a?b#c&d=e"})
  void aKeyIsAskedForAsItIs(String key) throws Exception {
    byte[] content = random();
    store.bucket.put(key, content);
    assertArrayEquals(content, file(key, key.substring(key.lastIndexOf('/') + 1)));
  }

  @Test
  void anArchiveIsUnpacked() throws Exception {
    store.bucket.put("t.zip", new ZipBuilder().file("in/x", "y").build());
    Path workspace = fetch(input("t.zip"));
    assertEquals("y", Files.readString(workspace.resolve("in/x")));
    assertFalse(Files.exists(workspace.resolve("t.zip")));
  }

  @Test
  void aCutDownloadGoesOnWhereItWasCut() throws Exception {
    byte[] content = random();
    store.bucket.put("f", content);
    AtomicInteger requests = new AtomicInteger();
    store.fault(
        (exchange, asked) -> {
          if (requests.getAndIncrement() == 0) {
            cut(exchange, content);
          }
          assertEquals("bytes=" + HALF + "-", exchange.getRequestHeaders().getFirst("Range"));
          assertEquals("\"e-v1\"", exchange.getRequestHeaders().getFirst("If-Match"));
          return false;
        });
    assertArrayEquals(content, file("f", "f"));
    assertEquals(2, requests.get());
  }

  @Test
  void anObjectThatChangedMeanwhileIsFetchedFromTheBeginning() throws Exception {
    store.bucket.put("f", random());
    byte[] other = "other".getBytes(StandardCharsets.UTF_8);
    AtomicInteger requests = new AtomicInteger();
    store.fault(
        (exchange, asked) -> {
          if (requests.getAndIncrement() == 0) {
            byte[] before = store.bucket.get("f");
            store.bucket.put("f", other);
            cut(exchange, before);
          }
          return false;
        });
    assertArrayEquals(other, file("f", "f"));
  }

  @Test
  void aStoreThatIsTooBusyIsAskedAgain() throws Exception {
    store.bucket.put("f", random());
    store.refuse(2, "GET f", 503, "SlowDown");
    assertEquals(SIZE, file("f", "f").length);
    assertEquals(3, store.asked.size());
    assertEquals(2, commands.pauses.size());
  }

  @ParameterizedTest
  @CsvSource({"404,NoSuchKey", "403,AccessDenied", "404,NoSuchBucket", "501,NotImplemented"})
  void aRefusalIsFinalAndSaysWhy(int status, String code) {
    store.refuse(9, "GET f", status, code);
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(input("f")));
    assertTrue(
        failed.getMessage().contains("s3://bucket/f: the store answered " + status + " " + code));
    assertFalse(failed.isInfrastructure());
    assertEquals(1, store.asked.size());
  }

  @Test
  void aWrongSecretIsRefusedAndNotShown() {
    store.bucket.put("f", random());
    defaults = S3Defaults.of(Map.of(), Clock.systemUTC());
    secrets = new InputSecrets(Map.of("ak", "the-access-key", "sk", "not-the-secret"));
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(with("f", "ak", "sk")));
    assertTrue(failed.getMessage().contains("SignatureDoesNotMatch"), failed.getMessage());
    assertFalse((failed.getMessage() + commands.lines).contains("not-the-secret"));
  }

  @Test
  void theSecretsThatAnInputNamesGoBeforeThoseOfTheMachine() throws Exception {
    store.bucket.put("f", random());
    defaults =
        S3Defaults.of(
            Map.of("AWS_ACCESS_KEY_ID", "x", "AWS_SECRET_ACCESS_KEY", "y"), Clock.systemUTC());
    secrets = new InputSecrets(Map.of("ak", "the-access-key\n", "sk", "the-secret\n"));
    assertEquals(SIZE, Files.size(fetch(with("f", "ak", "sk")).resolve("f")));
    assertThrows(FetchFailed.class, () -> fetch(input("f")), "the cache gives it to nobody else");
  }

  @Test
  void withoutAnyCredentialsAnotherMachineMayTry() {
    defaults = S3Defaults.of(Map.of(), Clock.systemUTC());
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(input("f")));
    assertTrue(failed.getMessage().contains("AWS_ACCESS_KEY_ID"), failed.getMessage());
    assertTrue(failed.isInfrastructure());
    assertFalse(failed.isRetryable());
    assertEquals(0, store.asked.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theRegionIsLearntOnceFromTheStore(boolean redirect) throws Exception {
    store.region("eu-north-9", redirect);
    store.bucket.put("f", random());
    assertEquals(SIZE, file("f", "f").length);
    assertEquals(
        List.of("us-east-1", "eu-north-9"),
        store.asked.stream().map(S3FakeServer.Asked::region).toList());
  }

  @Test
  void aRedirectToAnotherHostIsNotFollowed() {
    store.fault(
        (exchange, asked) -> {
          exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
          S3FakeServer.error(
              exchange, 307, "TemporaryRedirect", "<Endpoint>elsewhere.example.org</Endpoint>");
          return true;
        });
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(input("f")));
    assertTrue(failed.getMessage().contains("elsewhere.example.org"), failed.getMessage());
    assertEquals(1, store.asked.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {60, -60})
  void aClockThatIsOffIsCorrectedOnce(int minutes) throws Exception {
    store.clock(Duration.ofMinutes(minutes));
    store.bucket.put("f", random());
    assertEquals(SIZE, file("f", "f").length);
    assertEquals(2, store.asked.size());
    assertTrue(commands.lines.toString().contains("the clock of this machine is "));
  }

  @Test
  void anotherContentThanWasFetchedFirstIsNoResult() throws Exception {
    byte[] first = random();
    store.bucket.put("f", first);
    store.bucket.put("f", "other".getBytes(StandardCharsets.UTF_8));
    Repository pinned = RepositoryBuilder.builder(input("f")).sha256(Sha256.of(first)).build();
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(pinned));
    assertTrue(failed.getMessage().contains("has another content"), failed.getMessage());
    Repository version = RepositoryBuilder.builder(pinned).version("v1").build();
    assertArrayEquals(first, Files.readAllBytes(fetch(version).resolve("f")));
  }

  @Test
  void allBelowAPrefixIsFetchedPageByPage() throws Exception {
    for (int i = 0; i < 25; i++) {
      put("p/d" + i % 3 + "/f " + i, "content " + i);
    }
    put("p/", "");
    put("p/d0/", "");
    put("pp/other", "x");
    store.bucket.pageSize(7);
    Path workspace = fetch(input("p/"));
    for (int i = 0; i < 25; i++) {
      assertEquals(
          "content " + i, Files.readString(workspace.resolve("d" + i % 3).resolve("f " + i)));
    }
    assertFalse(Files.exists(workspace.resolve("other")));
    assertEquals(4, store.asked.stream().filter(this::isList).count());
    assertNull(resolved.version());
    store.asked.clear();
    fetch(input("p/"));
    assertTrue(store.asked.stream().allMatch(this::isList), "nothing is read again");
  }

  @Test
  void theDigestOfAPrefixIsThatOfTheListOfItsFiles() throws Exception {
    put("p/b", "2");
    put("p/a/x", "1");
    String list = Sha256.of("1") + "  a/x\n" + Sha256.of("2") + "  b\n";
    Repository pinned = RepositoryBuilder.builder(input("p/")).sha256(Sha256.of(list)).build();
    fetch(pinned);
    assertEquals(Sha256.of(list), resolved.sha256());
    put("p/b", "3");
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(pinned));
    assertTrue(failed.getMessage().contains("has another content"), failed.getMessage());
  }

  @Test
  void anObjectThatChangesBehindTheListingFailsTheTry() throws Exception {
    put("p/a", "1");
    AtomicInteger lists = new AtomicInteger();
    store.fault(
        (exchange, asked) -> {
          if (!isList(asked) && lists.getAndIncrement() == 0) {
            put("p/a", "2");
          }
          return false;
        });
    assertEquals("2", Files.readString(fetch(input("p/")).resolve("a")));
    assertTrue(commands.lines.toString().contains("was changed while it was read"));
  }

  @ParameterizedTest
  @CsvSource({
    "p/../../evil,has ..",
    "p/a\\b,backslash",
    "p/x/,has no name",
    "p//abs,absolute",
    "p/dir,name of another"
  })
  void keysThatAreNoPathsOfFilesAreRefusedAsAWhole(String key, String why) {
    put("p/dir", "x");
    if (key.equals("p/dir")) {
      put("p/./dir", "y");
    } else {
      put(key, "x");
    }
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(input("p/")));
    assertTrue(failed.getMessage().contains(why), failed.getMessage());
    assertFalse(Files.exists(dir.resolve("evil")));
  }

  @Test
  void aPrefixWithoutObjectsIsNoInput() {
    put("p/", "");
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(input("p/")));
    assertTrue(failed.getMessage().contains("nothing below s3://bucket/p/"), failed.getMessage());
  }

  @Test
  void aPrefixIsHeldToTheLimitsOfArchives() {
    limits = new ArchiveLimits(10, 10, 2, 10);
    put("p/a", "12345678901");
    assertTrue(refusal().contains("--max-unpacked"));
    put("p/a", "1");
    put("p/b", "1");
    put("p/c", "1");
    assertTrue(refusal().contains("--max-entries"));
  }

  private String refusal() {
    return assertThrows(FetchFailed.class, () -> fetch(input("p/"))).getMessage();
  }

  private boolean isList(S3FakeServer.Asked asked) {
    return asked.query().containsKey("list-type");
  }

  private static void cut(HttpExchange exchange, byte[] content) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"e-v1\"");
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(Arrays.copyOf(content, HALF));
    exchange.getResponseBody().flush();
    throw new IOException("cut");
  }

  private static byte[] random() {
    byte[] content = new byte[SIZE];
    new Random(7).nextBytes(content);
    return content;
  }

  private void put(String key, String content) {
    store.bucket.put(key, content.getBytes(StandardCharsets.UTF_8));
  }

  private Repository input(String key) {
    return RepositoryBuilder.builder()
        .type("s3")
        .url("s3://bucket/" + key)
        .endpoint(store.url())
        .build();
  }

  private Repository with(String key, String accessKey, String secretKey) {
    return RepositoryBuilder.builder(input(key)).accessKey(accessKey).secretKey(secretKey).build();
  }

  private byte[] file(String key, String name) throws Exception {
    return Files.readAllBytes(fetch(input(key)).resolve(name));
  }

  /** By an agent that has just been started. */
  private Path fetch(Repository input) throws Exception {
    Path workspace = Files.createDirectories(dir.resolve("w" + workspaces++));
    FetchSettings settings =
        FetchSettingsBuilder.builder(FetchSettings.defaults(dir.resolve("keys")))
            .archives(limits)
            .idle(Duration.ofSeconds(20))
            .build();
    resolved =
        new InputFetcher(
                new InputCache(dir.resolve("cache"), 100, 1L << 40, Clock.systemUTC()),
                new MavenHome(dir.resolve("m2"), List.of()),
                settings,
                defaults,
                MonotonicClock.system())
            .fetch(List.of(input), workspace, true, secrets, commands)
            .get(0);
    return workspace;
  }
}
