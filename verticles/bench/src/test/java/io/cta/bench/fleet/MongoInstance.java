package io.cta.bench.fleet;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.cta.domain.IdGenerator;
import java.net.InetSocketAddress;
import java.util.Map;

/** A MongoDB that {@code CTA_TEST_MONGO_URL} names, or one of its protocol in this process. */
public final class MongoInstance implements AutoCloseable {
  private final MongoServer own;
  private final String url;

  /** Of its own, so that what is there already is nobody's business. */
  private final String database = "cta_test_" + IdGenerator.next();

  public MongoInstance() {
    String named = System.getenv("CTA_TEST_MONGO_URL");
    own = named == null ? new MongoServer(new MemoryBackend()) : null;
    if (own != null) {
      // one command after the other: otherwise it changes documents while it sends them
      own.bind(new InetSocketAddress("127.0.0.1", 0), 1, 1);
    }
    url = named == null ? "mongodb://127.0.0.1:" + own.getLocalAddress().getPort() : named;
  }

  public String url() {
    return url;
  }

  public Map<String, String> serverEnv() {
    return Map.of(
        "CTA_STORE_TYPE", "mongo",
        "CTA_STORE_MONGO_URL", url,
        "CTA_STORE_MONGO_DATABASE", database);
  }

  @Override
  public void close() {
    if (own != null) {
      own.shutdownNow();
    }
  }
}
