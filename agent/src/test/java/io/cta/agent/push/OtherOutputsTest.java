package io.cta.agent.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.cta.agent.s3.S3Defaults;
import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outputs to a directory of the machine and by HTTP. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class OtherOutputsTest {
  private static final S3Defaults NONE = S3Defaults.of(Map.of(), Clock.systemUTC());
  private static final String FILE = PushBench.ROOT + "artifacts/suite/a/a b.txt";

  @TempDir Path dir;
  private final Map<String, String> received = new ConcurrentHashMap<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile int refusal = 503;
  private HttpServer server;
  private PushBench bench;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean refused = refusals.getAndDecrement() > 0;
            if (!refused) {
              received.put(
                  exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Authorization")
                      + " "
                      + exchange.getRequestHeaders().getFirst("Content-Length")
                      + " "
                      + new String(body, StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(refused ? refusal : 201, -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    bench.close();
  }

  @Test
  void filesAreCopiedIntoADirectoryOnceAndWhole() throws Exception {
    Path target = Files.createDirectories(dir.resolve("target"));
    open(local(target));
    assertEquals(List.of(), bench.push());
    assertEquals("hello", Files.readString(target.resolve(FILE)));
    assertTrue(Files.readString(target.resolve(PushBench.ROOT + "results.json")).contains("case"));
    assertEquals(List.of(), bench.push());
    assertTrue(bench.lines.get(1).contains("0 of 2 files pushed, 2 were there"));
  }

  @Test
  void aFileWithAnotherContentIsReplaced() throws Exception {
    Path target = Files.createDirectories(dir.resolve("target"));
    open(local(target));
    Path file = target.resolve(FILE);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "HELLO");
    assertEquals(List.of(), bench.push());
    assertEquals("hello", Files.readString(file));
  }

  @Test
  void nothingIsWrittenThroughALinkOrIntoADirectoryThatIsAway() throws Exception {
    Path target = Files.createDirectories(dir.resolve("target"));
    Path elsewhere = Files.createDirectories(dir.resolve("elsewhere"));
    Files.createSymbolicLink(target.resolve("nightly"), elsewhere);
    open(local(target), local(dir.resolve("absent")));
    List<String> warnings = bench.push();
    assertEquals(2, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("is a link"), warnings.get(0));
    assertTrue(warnings.get(1).contains("there is no directory"), warnings.get(1));
    assertFalse(Files.exists(elsewhere.resolve("e")));
  }

  @Test
  void filesAreSentByPutWithTheTokenAndTheirLength() throws Exception {
    open(http("tok"));
    assertEquals(List.of(), bench.push());
    assertEquals(
        "Bearer the-token 5 hello",
        received.get("PUT /up/nightly/e/t.1/artifacts/suite/a/a%20b.txt"));
    assertEquals(2, received.size());
  }

  @Test
  void aServerThatIsBusyIsAskedAgainAndARefusalIsAWarning() throws Exception {
    open(http(null));
    refusals.set(2);
    assertEquals(List.of(), bench.push());
    refusal = 307;
    refusals.set(9);
    List<String> warnings = bench.push();
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("answered 307, and points to"), warnings.get(0));
  }

  @Test
  void eachOutputComesOutByItself() throws Exception {
    Path target = Files.createDirectories(dir.resolve("target"));
    open(
        http("absent-secret"),
        RepositoryBuilder.builder().type("s3").url("s3://bucket/").build(),
        local(target));
    List<String> warnings = bench.push();
    assertEquals(2, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("absent-secret"), warnings.get(0));
    assertTrue(warnings.get(1).contains("AWS_ACCESS_KEY_ID"), warnings.get(1));
    assertEquals("hello", Files.readString(target.resolve(FILE)));
  }

  private void open(Repository... outputs) throws Exception {
    bench = new PushBench(dir.resolve("agent"), NONE, outputs);
    bench.artifact("suite/a", "a b.txt", "hello".getBytes(StandardCharsets.UTF_8));
  }

  private static Repository local(Path path) {
    return RepositoryBuilder.builder().type("local").path(path.toString()).build();
  }

  private Repository http(String token) {
    return RepositoryBuilder.builder()
        .type("http")
        .url("http://127.0.0.1:" + server.getAddress().getPort() + "/up")
        .token(token)
        .build();
  }
}
