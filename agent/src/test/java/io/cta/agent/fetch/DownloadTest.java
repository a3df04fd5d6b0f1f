package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file comes whole and once, or not at all, whatever the server does. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DownloadTest {
  private static final String TAG = "\"v1\"";
  private static final int SIZE = 200_000;
  private static final int HALF = 80_000;

  @TempDir Path dir;
  private final byte[] content = new byte[SIZE];
  private final PlainCommandRunner commands = new PlainCommandRunner();
  private FileServer server;
  private int workspaces;

  @BeforeEach
  void start() {
    new Random(7).nextBytes(content);
    server = new FileServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCutDownloadGoesOnWhereItWasCut() throws Exception {
    cutFirst(TAG);
    assertArrayEquals(content, fetch(input()));
    assertEquals(2, server.asked.size());
    assertEquals("bytes=" + HALF + "-", server.asked.get(1).range());
    assertEquals(TAG, server.asked.get(1).ifRange());
    assertEquals(1, commands.pauses.size());
  }

  @Test
  void anAgentThatWasStartedAgainGoesOnToo() throws Exception {
    server.answer("/f", exchange -> cut(exchange, TAG));
    assertThrows(FetchFailed.class, () -> fetch(input()));
    server.asked.clear();
    cutFirst(TAG);
    assertArrayEquals(content, fetch(input()));
    assertEquals("bytes=" + HALF + "-", server.asked.get(0).range());
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"v1\"", "v1", ""})
  void withoutAStrongTagItBeginsAnew(String tag) throws Exception {
    cutFirst(tag);
    assertArrayEquals(content, fetch(input()));
    assertEquals(2, server.asked.size());
    assertNull(server.asked.get(1).range());
  }

  @Test
  void anAnswerOfAllOfItIsNotAppended() throws Exception {
    server.answer(
        "/f",
        exchange -> {
          if (server.asked.size() == 1) {
            cut(exchange, TAG);
          } else {
            whole(exchange, "\"v2\"");
          }
        });
    assertArrayEquals(content, fetch(input()));
    assertEquals(2, server.asked.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 79999-199999/200000",
        "bytes 80001-199999/200000",
        "bytes 80000-150000/200000",
        "bytes 80000-199999/*",
        "bytes 80000-199999/200001",
        "nonsense"
      })
  void aRestThatDoesNotFitIsThrownAwayAndAllIsFetchedOnce(String range) throws Exception {
    restWith(range, TAG);
    assertArrayEquals(content, fetch(input()));
    assertNull(server.asked.get(2).range());
    assertEquals(3, server.asked.size());
  }

  @Test
  void aRestOfAnotherVersionIsThrownAway() throws Exception {
    restWith("bytes 80000-199999/200000", "\"v2\"");
    assertArrayEquals(content, fetch(input()));
    assertNull(server.asked.get(2).range());
  }

  @Test
  void aServerThatHasLessThanIsHereIsAskedForAll() throws Exception {
    server.answer(
        "/f",
        exchange -> {
          switch (server.asked.size()) {
            case 1 -> cut(exchange, TAG);
            case 2 -> FileServer.send(exchange, 416, new byte[0]);
            default -> whole(exchange, TAG);
          }
        });
    assertArrayEquals(content, fetch(input()));
    assertEquals(3, server.asked.size());
  }

  @Test
  void aWrongBeginningIsFoundByTheChecksumAndFetchedOnceMore() throws Exception {
    byte[] other = new byte[HALF];
    server.answer(
        "/f",
        exchange -> {
          switch (server.asked.size()) {
            case 1 -> {
              exchange.getResponseHeaders().set("ETag", TAG);
              FileServer.cut(exchange, 200, SIZE, other);
            }
            case 2 -> rest(exchange, "bytes 80000-199999/200000", TAG);
            default -> whole(exchange, TAG);
          }
        });
    assertArrayEquals(content, fetch(input(b -> b.sha256(digest(content)))));
    assertEquals(3, server.asked.size());
  }

  @Test
  void aWholeFileOfAnotherContentIsAFailureAtOnce() {
    server.answer("/f", exchange -> whole(exchange, TAG));
    FetchFailed failed =
        assertThrows(FetchFailed.class, () -> fetch(input(b -> b.sha256(digest(new byte[] {1})))));
    assertFalse(failed.isInfrastructure());
    assertEquals(1, server.asked.size());
  }

  @Test
  void aServerThatFallsSilentIsGivenUpAndIsAFailureOfTheInfrastructure() {
    CountDownLatch over = new CountDownLatch(1);
    server.answer(
        "/f",
        exchange -> {
          exchange.sendResponseHeaders(200, SIZE);
          exchange.getResponseBody().write(content, 0, HALF);
          exchange.getResponseBody().flush();
          await(over);
        });
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(input()));
    over.countDown();
    assertTrue(failed.getMessage().contains("has sent nothing"), failed.getMessage());
    assertTrue(failed.isRetryable());
  }

  @Test
  void aFileThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws IOException {
    server.answer("/f", exchange -> whole(exchange, TAG));
    long limit = SIZE - 1;
    assertTooLarge(limit);
    server.answer(
        "/f",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(content);
        });
    assertTooLarge(limit);
    try (var all = Files.walk(dir.resolve("cache"))) {
      assertTrue(all.filter(Files::isRegularFile).noneMatch(file -> size(file) > limit));
    }
  }

  @Test
  void aTokenGoesToItsOwnServerOnly() throws Exception {
    try (FileServer other = new FileServer()) {
      other.put("/g", content);
      server.answer("/f", exchange -> redirect(exchange, 302, "/f2"));
      server.answer("/f2", exchange -> redirect(exchange, 307, other.url("/back")));
      other.answer("/back", exchange -> redirect(exchange, 301, server.url("/f3")));
      server.answer("/f3", exchange -> redirect(exchange, 308, other.url("/g")));
      assertArrayEquals(content, fetch(input(b -> b.token("t"))));
      assertEquals(
          Arrays.asList("Bearer s3cret", "Bearer s3cret", null),
          server.asked.stream().map(FileServer.Asked::login).toList());
      assertTrue(other.asked.stream().allMatch(one -> one.login() == null));
    }
  }

  @Test
  void whoHasNoTokenGetsNothingFromTheCache() throws Exception {
    server.answer(
        "/f",
        exchange -> {
          if ("Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            whole(exchange, TAG);
          } else {
            FileServer.send(exchange, 401, new byte[0]);
          }
        });
    String digest = digest(content);
    fetch(input(b -> b.token("t").sha256(digest)));
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(input(b -> b.sha256(digest))));
    assertTrue(failed.getMessage().contains("401"), failed.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://h/x", "", "http://"})
  void aRedirectToSomethingElseIsRefused(String location) {
    server.answer("/f", exchange -> redirect(exchange, 302, location));
    assertThrows(FetchFailed.class, () -> fetch(input()));
  }

  @Test
  void redirectsInACircleEnd() {
    server.answer("/f", exchange -> redirect(exchange, 302, "/f"));
    FetchFailed failed = assertThrows(FetchFailed.class, () -> fetch(input()));
    assertTrue(failed.getMessage().contains("redirects more than"), failed.getMessage());
  }

  @Test
  void anEncodingThatNobodyAskedForIsRefusedUnlessItIsTheFilesOwn() throws Exception {
    server.answer(
        "/f",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          whole(exchange, TAG);
        });
    assertTrue(
        assertThrows(FetchFailed.class, () -> fetch(input()))
            .getMessage()
            .contains("Content-Encoding gzip"));
    byte[] tar = new TarBuilder().file("a", "a").tarGz();
    server.answer(
        "/a.tgz",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "x-gzip");
          FileServer.send(exchange, 200, tar);
        });
    Path workspace = fetchAll(input(b -> b.url(server.url("/a.tgz"))));
    assertEquals("a", Files.readString(workspace.resolve("a")));
  }

  @Test
  void aDamagedArchiveIsNotKept() throws Exception {
    byte[] tar = new TarBuilder().file("a", "a").tarGz();
    server.answer(
        "/a.tgz",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", TAG);
          FileServer.send(exchange, 200, server.asked.size() == 1 ? Arrays.copyOf(tar, 40) : tar);
        });
    Repository input = input(b -> b.url(server.url("/a.tgz")));
    assertThrows(FetchFailed.class, () -> fetchAll(input));
    assertEquals("a", Files.readString(fetchAll(input).resolve("a")));
    assertNull(server.asked.get(1).ifNoneMatch());
  }

  private void cutFirst(String tag) {
    server.answer(
        "/f",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          if (range != null) {
            rest(exchange, "bytes 80000-199999/200000", tag);
          } else if (server.asked.size() == 1) {
            cut(exchange, tag);
          } else {
            whole(exchange, tag);
          }
        });
  }

  private void restWith(String range, String tag) {
    server.answer(
        "/f",
        exchange -> {
          switch (server.asked.size()) {
            case 1 -> cut(exchange, TAG);
            case 2 -> rest(exchange, range, tag);
            default -> whole(exchange, TAG);
          }
        });
  }

  private void cut(HttpExchange exchange, String tag) throws IOException {
    exchange.getResponseHeaders().set("ETag", tag);
    FileServer.cut(exchange, 200, SIZE, Arrays.copyOf(content, HALF));
  }

  private void rest(HttpExchange exchange, String range, String tag) throws IOException {
    exchange.getResponseHeaders().set("ETag", tag);
    exchange.getResponseHeaders().set("Content-Range", range);
    FileServer.send(exchange, 206, Arrays.copyOfRange(content, HALF, SIZE));
  }

  private void whole(HttpExchange exchange, String tag) throws IOException {
    exchange.getResponseHeaders().set("ETag", tag);
    FileServer.send(exchange, 200, content);
  }

  private static void redirect(HttpExchange exchange, int status, String location)
      throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    exchange.sendResponseHeaders(status, -1);
  }

  private static void await(CountDownLatch over) {
    try {
      over.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertTooLarge(long limit) {
    FetchFailed failed =
        assertThrows(FetchFailed.class, () -> fetch(input(), FetchSettings.DEFAULT_IDLE, limit));
    assertTrue(failed.getMessage().contains("larger than"), failed.getMessage());
    assertFalse(failed.isInfrastructure());
  }

  private Repository input(UnaryOperator<RepositoryBuilder> change) {
    return change.apply(RepositoryBuilder.builder().type("http").url(server.url("/f"))).build();
  }

  private Repository input() {
    return input(builder -> builder);
  }

  private byte[] fetch(Repository input) throws Exception {
    return Files.readAllBytes(fetchAll(input).resolve("f"));
  }

  private Path fetchAll(Repository input) throws Exception {
    return fetch(input, Duration.ofSeconds(2), FetchSettings.DEFAULT_MAX_DOWNLOAD_BYTES);
  }

  /** By an agent that has just been started. */
  private Path fetch(Repository input, Duration idle, long max) throws Exception {
    Path workspace = Files.createDirectories(dir.resolve("w" + workspaces++));
    FetchSettings settings =
        FetchSettingsBuilder.builder(FetchSettings.defaults(dir.resolve("keys")))
            .idle(idle)
            .maxDownloadBytes(max)
            .build();
    new InputFetcher(
            new InputCache(dir.resolve("cache"), 100, 1L << 40, Clock.systemUTC()),
            new MavenHome(dir.resolve("m2"), List.of()),
            settings,
            S3Defaults.of(Map.of(), Clock.systemUTC()),
            MonotonicClock.system())
        .fetch(List.of(input), workspace, false, new InputSecrets(Map.of("t", "s3cret")), commands);
    return workspace;
  }

  private static String digest(byte[] content) {
    return HexFormat.of().formatHex(InputCache.sha256().digest(content));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
