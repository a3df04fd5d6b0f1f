package io.cta.broker.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.broker.KeptPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A store of S3 for tests: s3proxy over a directory, in a process of its own. Each directory below
 * {@link #data()} is a bucket. Its jars are those that {@code src/test/s3proxy} brings.
 */
public final class S3Server implements AutoCloseable {
  public static final String ACCESS_KEY = "test-access-key";
  public static final String SECRET_KEY = "test-secret-key";

  private static final Path LIB = Path.of("verticles/brokers/src/test/s3proxy/target/lib");
  private static final long START_TIMEOUT_MILLIS = 60_000;

  private final Path dir;
  private final int port = KeptPort.next();
  private final Path lib;
  private Process process;

  private S3Server(Path lib) throws IOException {
    this.lib = lib;
    dir = Files.createTempDirectory("cta-s3");
    Files.createDirectories(data());
    Files.writeString(dir.resolve("logback.xml"), "<configuration/>\n");
    Files.writeString(
        dir.resolve("s3proxy.conf"),
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        jclouds.identity=x
        jclouds.credential=x
        """
            .formatted(url(), ACCESS_KEY, SECRET_KEY, data()));
    launch();
  }

  private void launch() throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlogback.configurationFile=" + dir.resolve("logback.xml"),
                    "-cp",
                    lib + "/*",
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    dir.resolve("s3proxy.conf").toString()))
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("server.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts one, and waits until it answers. Where its jars are missing the test is skipped, or
   * fails when {@code CTA_REQUIRE_SERVERS} is true.
   */
  public static S3Server start() {
    Path lib = find();
    if (lib == null) {
      String text = "no S3: " + LIB + " is missing, mvn -pl :s3-server package brings it";
      if (Boolean.parseBoolean(System.getenv("CTA_REQUIRE_SERVERS"))) {
        throw new IllegalStateException(text);
      }
      assumeTrue(false, text);
    }
    try {
      S3Server server = new S3Server(lib);
      server.awaitUp();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The directory that has the buckets. */
  public Path data() {
    return dir.resolve("data");
  }

  /** Makes a bucket, and returns its directory. */
  public Path bucket(String name) {
    try {
      return Files.createDirectories(data().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it; what it has stays. */
  public void stop() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it again, at the same address. */
  public void startAgain() {
    try {
      launch();
      awaitUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitUp() throws IOException {
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MILLIS);
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/")).timeout(Duration.ofSeconds(1)).build();
    while (process.isAlive() && System.nanoTime() < limit) {
      try {
        if (answers(client, request)) {
          return;
        }
        pause();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError(
        "s3proxy did not start: " + Files.readString(dir.resolve("server.log")));
  }

  /** Whether it refuses a request that is not signed. */
  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      client.send(request, HttpResponse.BodyHandlers.discarding());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A refused connection comes at once: without a pause this would take the processor. */
  private void pause() throws InterruptedException {
    process.waitFor(50, TimeUnit.MILLISECONDS);
  }

  private static Path find() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve(LIB))) {
        return p.resolve(LIB);
      }
    }
    return null;
  }
}
