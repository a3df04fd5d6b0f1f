package io.cta.bench;

import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult;
import io.cta.server.config.ServerConfig;
import io.cta.server.launch.CtaServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The real embedded server, in this JVM, with a data directory and tokens of its own. */
final class BenchServer {
  static final String ADMIN = "bench-admin-token-that-is-long-enough-to-be-taken";
  static final String REGISTRATION = "bench-registration-token-that-is-long-enough";

  private BenchServer() {}

  static CtaServer start(Vertx vertx, Path data, Map<String, String> more) {
    Map<String, String> env = new java.util.HashMap<>(more);
    env.put("CTA_DATA", data.toString());
    env.put("CTA_HTTP_HOST", "127.0.0.1");
    env.put("CTA_HTTP_PORT", "0");
    env.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN);
    env.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    ConfigResult result = ConfigLoader.load(Optional.empty(), env);
    if (result instanceof ConfigResult.Faulty faulty) {
      throw new IllegalArgumentException(String.join("; ", faulty.errors()));
    }
    ServerConfig config = ((ConfigResult.Loaded) result).config();
    return CtaServer.start(vertx, config).await();
  }
}
