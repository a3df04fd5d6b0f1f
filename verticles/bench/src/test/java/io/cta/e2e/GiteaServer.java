package io.cta.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.broker.KeptPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Gitea on loopback, in a process of its own, with one user who may do everything. It is the one
 * that {@code src/test/gitea/build.sh} builds; {@code CTA_TEST_GITEA} names another directory.
 */
final class GiteaServer implements AutoCloseable {
  static final String USER = "ann";
  static final String PASSWORD = "a-Passw0rd-of-the-test";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The first lines have it run as root, too; it may call nobody but this machine. */
  private static final String SETTINGS =
      """
      I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
      RUN_USER = %s
      RUN_MODE = prod
      WORK_PATH = %s
      [server]
      PROTOCOL = http
      HTTP_ADDR = 127.0.0.1
      HTTP_PORT = %d
      ROOT_URL = http://127.0.0.1:%d/
      STATIC_ROOT_PATH = %s
      OFFLINE_MODE = true
      DISABLE_SSH = true
      [database]
      DB_TYPE = sqlite3
      [security]
      INSTALL_LOCK = true
      SECRET_KEY = of-the-test
      [service]
      DISABLE_REGISTRATION = true
      [webhook]
      ALLOWED_HOST_LIST = loopback
      DELIVER_TIMEOUT = 5
      [cron]
      ENABLED = false
      [indexer]
      ISSUE_INDEXER_TYPE = db
      [session]
      PROVIDER = memory
      [queue]
      TYPE = channel
      """;

  private final Path program;
  private final Path work;
  private final int port = KeptPort.next();
  private final Process process;
  private final GiteaClient client;

  private GiteaServer(Path home, Path work) throws IOException, InterruptedException {
    program = home.resolve("gitea");
    this.work = work;
    Path settings = Files.createDirectories(work.resolve("custom/conf")).resolve("app.ini");
    Files.writeString(
        settings, SETTINGS.formatted(System.getProperty("user.name"), work, port, port, home));
    run("migrate");
    run(
        ("admin user create --admin --must-change-password=false --email ann@example.org"
                + " --username %s --password %s")
            .formatted(USER, PASSWORD));
    String printed =
        run("admin user generate-access-token --scopes all --raw --token-name t --username " + USER)
            .strip();
    // warnings come before it
    String token = printed.substring(printed.lastIndexOf('\n') + 1);
    process = start(List.of("web"), log());
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    client = new GiteaClient(url(), token);
  }

  /**
   * Starts one, and waits until it works. Where none was built the test is skipped, but fails when
   * one was named.
   */
  static GiteaServer start(Path work) throws IOException, InterruptedException {
    String named = System.getenv("CTA_TEST_GITEA");
    Path home =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("user.home"), ".cache/cta-test/gitea-1.26.0");
    if (!Files.isExecutable(home.resolve("gitea"))) {
      String text =
          "no Gitea: " + home + " has none; verticles/bench/src/test/gitea/build.sh builds it";
      if (named != null) {
        throw new IllegalStateException(text);
      }
      System.out.println("skipped: " + text);
      assumeTrue(false, text);
    }
    GiteaServer server = new GiteaServer(home, Files.createDirectories(work));
    try {
      ConditionPoller.holds("Gitea", LIMIT, server::state, state -> !state.equals("starts"));
      if (!server.process.isAlive()) {
        throw new AssertionError("Gitea did not start: " + Files.readString(server.log()));
      }
      return server;
    } catch (AssertionError | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  GiteaClient client() {
    return client;
  }

  private String state() {
    return !process.isAlive() ? "ended" : client.isUp() ? "up" : "starts";
  }

  /** Runs a command of its own to its end; returns what it printed. */
  private String run(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(work, "command", ".txt");
    Process one = start(List.of(command.split(" ")), output);
    try {
      if (!one.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || one.exitValue() != 0) {
        throw new AssertionError("gitea " + command + ": " + Files.readString(output));
      }
      return Files.readString(output);
    } finally {
      one.destroyForcibly();
    }
  }

  private Process start(List<String> arguments, Path output) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "--work-path", work.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("HOME", work.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("GITEA_"));
    return builder.start();
  }

  private Path log() {
    return work.resolve("gitea.log");
  }

  /** Has it end by itself, so that it leaves no git behind. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
