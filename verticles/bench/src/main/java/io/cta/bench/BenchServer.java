package io.cta.bench;

import io.cta.bench.process.ProcessReader;
import io.cta.bench.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a shipped server in a process of its own, with a new data directory and tokens of its own.
 */
final class BenchServer implements AutoCloseable {
  private static final int FEW_AGENTS = 100;
  static final String ADMIN = "bench-admin-token-that-is-long-enough-to-be-taken";
  static final String REGISTRATION = "bench-registration-token-that-is-long-enough";

  /**
   * Keeps the compiler threads alive: the processor time of a thread that has ended can no longer
   * be told apart from that of the program.
   */
  private static final String COMPILERS_STAY = "-XX:-UseDynamicNumberOfCompilerThreads";

  private final ServerProcess process;
  private final Path data;

  /**
   * @param javaOptions options of Java, added to those of the bench
   * @param data data directory, which is made if it is missing; the server's output goes into a
   *     file beside it
   */
  /**
   * Adds the settings that a server needs for so many agents, all of which have the same address
   * here. Adds none for few agents, because a server of an earlier version may not know these
   * settings.
   */
  static Map<String, String> withAgents(Map<String, String> env, int agents) {
    Map<String, String> more = new HashMap<>(env);
    if (agents > FEW_AGENTS) {
      more.put("CTA_HTTP_LIMITS_CONNECTIONS", "50000");
      more.put("CTA_HTTP_LIMITS_CONNECTIONS_PER_ADDRESS", "50000");
    }
    return more;
  }

  BenchServer(Path jar, List<String> javaOptions, Path data, Map<String, String> more) {
    this.data = data;
    Map<String, String> env = new HashMap<>(more);
    env.put("CTA_LOG_LEVEL", "ERROR");
    env.put("CTA_DATA", data.toString());
    env.put("CTA_HTTP_HOST", "127.0.0.1");
    env.put("CTA_HTTP_PORT", "0");
    env.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN);
    env.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    List<String> arguments = new ArrayList<>(ServerJvmOptions.of(jar));
    arguments.add(COMPILERS_STAY);
    arguments.addAll(javaOptions);
    arguments.addAll(List.of("-jar", jar.toString(), "serve"));
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = new ServerProcess(arguments, env, data.resolveSibling(data.getFileName() + ".log"));
  }

  int port() {
    return process.port();
  }

  long pid() {
    return process.pid();
  }

  Path data() {
    return data;
  }

  ProcessReader reader() {
    return process.reader();
  }

  @Override
  public void close() {
    process.close();
  }
}
