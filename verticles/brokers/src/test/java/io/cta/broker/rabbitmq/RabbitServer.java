package io.cta.broker.rabbitmq;

import static org.junit.jupiter.api.Assumptions.abort;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.cta.broker.KeptPort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A RabbitMQ for tests, with its own processes, ports, cookie, node name and data; it listens on
 * loopback only. Keeps port and data until it is closed. Starting takes seconds, so start one for a
 * class.
 */
public final class RabbitServer implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");
  private static final String WRITE_TABLES = "[dets:sync(T) || T <- dets:all()]";
  private static final long PATIENCE_SECONDS = 120;

  private final Path dir;
  private final int port = KeptPort.next();
  private final int distributionPort = KeptPort.next();
  private final int epmdPort = KeptPort.next();
  private final List<String> settings;
  private final Path scripts;
  private Process epmd;
  private Process server;

  private RabbitServer(Path scripts, List<String> settings) throws IOException {
    this.scripts = scripts;
    this.settings = settings;
    this.dir = Files.createTempDirectory("cta-rabbitmq");
  }

  /**
   * Starts one. Where RabbitMQ is not installed the test is skipped, or fails when {@code
   * CTA_REQUIRE_SERVERS} is true.
   *
   * @param settings lines for {@code rabbitmq.conf}
   */
  public static RabbitServer started(String... settings) throws IOException {
    RabbitServer made = new RabbitServer(installed(), List.of(settings));
    try {
      made.configure();
      made.start();
      return made;
    } catch (IOException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  public String uri() {
    return "amqp://guest:guest@127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** A directory that is deleted with it. */
  public Path dir() {
    return dir;
  }

  /**
   * Kills it (-9) when its list of quorum queues is on disk. RabbitMQ writes the list up to a
   * second late, and a kill before or during that damages it for ever, which is not what these
   * tests are about.
   */
  public void kill() throws IOException {
    Path out = Files.createTempFile(dir, "kill", ".out");
    Process ctl =
        launch(
            List.of(
                scripts.resolve("rabbitmqctl").toString(),
                "eval",
                WRITE_TABLES + ", os:cmd(\"kill -9 \" ++ os:getpid())."),
            out.getFileName().toString());
    await(server, "a RabbitMQ that is being killed");
    ctl.destroyForcibly();
    crash();
  }

  /** Makes it write its list of quorum queues to disk. */
  public void settle() throws IOException {
    ctl("eval", WRITE_TABLES + ".");
  }

  /** Kills it (-9) at once. */
  public void crash() throws IOException {
    end(server);
  }

  /** Starts it again on the same port and data. */
  public void start() throws IOException {
    server = launch(List.of(scripts.resolve("rabbitmq-server").toString()), "server.out");
    awaitReady();
  }

  public void restart() throws IOException {
    kill();
    start();
  }

  /** Freezes it: connections stay open, nothing moves. */
  public void freeze() throws IOException {
    signal("-STOP");
  }

  public void thaw() throws IOException {
    signal("-CONT");
  }

  /** Runs {@code rabbitmqctl} and returns what it says. */
  public String ctl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(scripts.resolve("rabbitmqctl").toString()));
    command.add("--quiet");
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(dir, "ctl", ".out");
    Process ctl = launch(command, out.getFileName().toString());
    await(ctl, "rabbitmqctl " + String.join(" ", arguments));
    String said = Files.readString(out);
    if (ctl.exitValue() != 0) {
      throw new IOException("rabbitmqctl " + String.join(" ", arguments) + ": " + said);
    }
    return said;
  }

  /** A connection that bypasses the broker, to look at or to damage what the server has. */
  public Connection connect() throws IOException {
    try {
      ConnectionFactory factory = new ConnectionFactory();
      factory.setUri(uri());
      return factory.newConnection("test");
    } catch (TimeoutException e) {
      throw new IOException(e);
    } catch (java.security.GeneralSecurityException | java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    end(server);
    end(epmd);
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static Path installed() throws IOException {
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> versions = Files.list(INSTALLED)) {
        Path found =
            versions
                .map(v -> v.resolve("sbin"))
                .filter(s -> Files.isExecutable(s.resolve("rabbitmq-server")))
                .findFirst()
                .orElse(null);
        if (found != null) {
          return found;
        }
      }
    }
    String text = "RabbitMQ is not installed (apt-get install rabbitmq-server)";
    if (Boolean.parseBoolean(System.getenv("CTA_REQUIRE_SERVERS"))) {
      throw new AssertionError(text);
    }
    return abort(text);
  }

  private void configure() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "listeners.tcp.1 = 127.0.0.1:" + port,
                "disk_free_limit.absolute = 50MB",
                "vm_memory_high_watermark.absolute = 1GB",
                "log.file.level = warning"));
    lines.addAll(settings);
    Files.write(dir.resolve("rabbitmq.conf"), lines);
    Files.writeString(dir.resolve("plugins"), "[].\n");
    Files.writeString(dir.resolve("env.conf"), "");
    epmd = launch(List.of("epmd", "-port", "" + epmdPort, "-address", "127.0.0.1"), "epmd.out");
  }

  private Process launch(List<String> command, String out) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> env = builder.environment();
    env.keySet().removeIf(name -> name.startsWith("RABBITMQ_"));
    env.put("HOME", dir.toString());
    env.put("ERL_EPMD_PORT", "" + epmdPort);
    env.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    env.put("RABBITMQ_NODENAME", "cta" + port + "@localhost");
    env.put("RABBITMQ_DIST_PORT", "" + distributionPort);
    env.put("RABBITMQ_MNESIA_BASE", dir.resolve("data").toString());
    env.put("RABBITMQ_LOG_BASE", dir.resolve("log").toString());
    env.put("RABBITMQ_CONFIG_FILE", dir.resolve("rabbitmq.conf").toString());
    env.put("RABBITMQ_ADVANCED_CONFIG_FILE", dir.resolve("advanced.config").toString());
    env.put("RABBITMQ_CONF_ENV_FILE", dir.resolve("env.conf").toString());
    env.put("RABBITMQ_ENABLED_PLUGINS_FILE", dir.resolve("plugins").toString());
    env.put("RABBITMQ_PID_FILE", dir.resolve("pid").toString());
    // the script would stop the server with rabbitmqctl on a signal; here the processes are killed
    env.put("RUNNING_UNDER_SYSTEMD", "true");
    env.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2 +sbwt none +sbwtdcpu none");
    return builder
        .directory(dir.toFile())
        .redirectErrorStream(true)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(dir.resolve(out).toFile())
        .start();
  }

  private void awaitReady() throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!answers()) {
      if (!server.isAlive() || System.nanoTime() > until) {
        throw new IOException(
            "RabbitMQ does not start: " + Files.readString(dir.resolve("server.out")));
      }
      pause();
    }
  }

  private boolean answers() {
    try {
      connect().close();
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void signal(String name) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", name, "" + server.pid()));
    server.descendants().forEach(child -> command.add("" + child.pid()));
    await(new ProcessBuilder(command).start(), "kill " + name);
  }

  private static void end(Process process) throws IOException {
    if (process != null) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      await(process, "a killed process");
    }
  }

  private static void await(Process process, String what) throws IOException {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(what + " does not end");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
