package io.cta.server.proxy;

import static org.junit.jupiter.api.Assumptions.abort;

import io.cta.broker.ConditionPoller;
import io.cta.broker.KeptPort;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** An nginx for a test, on a free loopback port and with its own directory. */
final class NginxProcess implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
  private static final long TIMEOUT_SECONDS = 30;

  private final int port = KeptPort.next();
  private final Process process;

  /**
   * Starts one. Where nginx is not installed the test is skipped, or fails when {@code
   * CTA_REQUIRE_SERVERS} is true.
   *
   * @param dir an empty directory
   * @param config in it {@code 127.0.0.1:8081} is replaced by nginx's port and {@code
   *     127.0.0.1:8080} by the server's
   */
  NginxProcess(Path dir, String config, int server) throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      String text = "nginx is not installed (apt-get install nginx-light)";
      if (Boolean.parseBoolean(System.getenv("CTA_REQUIRE_SERVERS"))) {
        throw new AssertionError(text);
      }
      abort(text);
    }
    StringBuilder own = new StringBuilder("daemon off;\nmaster_process off;\n");
    own.append("pid nginx.pid;\nerror_log error.log;\n");
    String temporary = "http {\n";
    for (String kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      temporary += "  " + kind + "_temp_path " + kind + ";\n";
    }
    own.append(
        config
            .replaceFirst("http \\{\n", temporary)
            .replace("127.0.0.1:8081", "127.0.0.1:" + port)
            .replace("127.0.0.1:8080", "127.0.0.1:" + server));
    Path file = Files.writeString(Files.createDirectories(dir).resolve("nginx.conf"), own);
    process =
        new ProcessBuilder(PROGRAM.toString(), "-p", dir + "/", "-e", "error.log", "-c", "" + file)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(dir.resolve("out").toFile())
            .start();
    awaitOpen(dir);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  private void awaitOpen(Path dir) throws IOException {
    try {
      ConditionPoller.holds("nginx", () -> !process.isAlive() || listens());
    } catch (ConditionTimeoutException e) {
      close();
    }
    if (!process.isAlive()) {
      throw new IOException("nginx does not start: " + Files.readString(dir.resolve("out")));
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
