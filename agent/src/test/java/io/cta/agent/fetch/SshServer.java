package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** OpenSSH's own server on loopback, with keys of its own. Source: sshd_config(5). */
final class SshServer {
  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final int TRIES = 5;

  private final Path dir;
  private final int port;
  private final Process process;

  private SshServer(Path dir, int port, Process process) {
    this.dir = dir;
    this.port = port;
    this.process = process;
  }

  static boolean available() {
    return Files.isExecutable(PROGRAM);
  }

  static SshServer start(Path dir) throws IOException, InterruptedException {
    Files.createDirectories(dir);
    Path empty = Path.of("/run/sshd"); // sshd wants it, and a package makes it only at a boot
    if (!Files.exists(empty)) {
      Files.createDirectories(empty);
    }
    run(dir, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "host", "-f", "host");
    run(dir, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "user", "-f", "user");
    run(dir, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "other", "-f", "other");
    Files.copy(dir.resolve("user.pub"), dir.resolve("authorized"));
    for (int i = 0; i < TRIES; i++) {
      int port = freePort();
      Process process = launch(dir, port);
      if (isListening(process, port)) {
        return new SshServer(dir, port, process);
      }
      process.destroyForcibly().waitFor();
    }
    throw new IOException("sshd did not start: " + Files.readString(dir.resolve("log")));
  }

  /** The address of a repository of this machine. */
  String url(Path repository) {
    return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + repository;
  }

  /** The private key that is let in. */
  String userKey() throws IOException {
    return Files.readString(dir.resolve("user"));
  }

  /** A private key that is not let in. */
  String otherKey() throws IOException {
    return Files.readString(dir.resolve("other"));
  }

  /** A line of known_hosts, with the server's own key. */
  String hostKey() throws IOException {
    return line("host.pub");
  }

  /** A line of known_hosts for this server, with a key that it does not have. */
  String wrongHostKey() throws IOException {
    return line("other.pub");
  }

  /** The fingerprint of the server's key. */
  String fingerprint() throws IOException, InterruptedException {
    return run(dir, "ssh-keygen", "-l", "-f", "host.pub").split(" ")[1];
  }

  private String line(String file) throws IOException {
    String[] key = Files.readString(dir.resolve(file)).split(" ");
    return "[127.0.0.1]:" + port + " " + key[0] + " " + key[1];
  }

  private static Process launch(Path dir, int port) throws IOException {
    Path config = dir.resolve("config");
    Files.write(
        config,
        List.of(
            "Port " + port,
            "ListenAddress 127.0.0.1",
            "HostKey " + dir.resolve("host"),
            "PidFile none",
            "AuthorizedKeysFile " + dir.resolve("authorized"),
            "UsePAM no",
            "PasswordAuthentication no",
            "StrictModes no",
            "PermitRootLogin prohibit-password"));
    return new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("log").toFile())
        .start();
  }

  private static boolean isListening(Process process, int port) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (process.isAlive() && System.nanoTime() - end < 0) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return true;
      } catch (IOException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String run(Path cwd, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(cwd.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
  }
}
