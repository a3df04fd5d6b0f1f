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

/** A shipped server in a process of its own, with a new data directory and tokens of its own. */
final class BenchServer implements AutoCloseable {
  static final String ADMIN = "bench-admin-token-that-is-long-enough-to-be-taken";
  static final String REGISTRATION = "bench-registration-token-that-is-long-enough";

  /** Compiler threads that come and go would take their processor time with them. */
  private static final String COMPILERS_STAY = "-XX:-UseDynamicNumberOfCompilerThreads";

  private final ServerProcess process;
  private final Path data;

  /**
   * @param javaOptions besides the bench's own
   * @param data made when it is not there; the output of the server is written beside it
   */
  BenchServer(Path jar, List<String> javaOptions, Path data, Map<String, String> more) {
    this.data = data;
    Map<String, String> env = new HashMap<>(more);
    env.put("CTA_LOG_LEVEL", "ERROR");
    env.put("CTA_DATA", data.toString());
    env.put("CTA_HTTP_HOST", "127.0.0.1");
    env.put("CTA_HTTP_PORT", "0");
    env.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN);
    env.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    // all agents have one address here
    env.put("CTA_HTTP_LIMITS_CONNECTIONS", "50000");
    env.put("CTA_HTTP_LIMITS_CONNECTIONS_PER_ADDRESS", "50000");
    List<String> arguments = new ArrayList<>(List.of(COMPILERS_STAY));
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
