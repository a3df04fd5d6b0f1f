package io.cta.server.store.upgrade;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.domain.IdGenerator;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.mongo.EmbeddedMongoServer;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.MongoStore;
import io.cta.time.MonotonicClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MongoUpgradeTest extends StoreUpgradeContract {
  private static MongoServer server;

  @BeforeAll
  static void start() {
    server = EmbeddedMongoServer.started();
  }

  @AfterAll
  static void stop() {
    server.shutdownNow();
  }

  @Override
  DocumentStore empty() {
    String url = "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
    return new MongoStore(
        vertx, MongoSettings.of(url, "cta-" + IdGenerator.next()), MonotonicClock.system());
  }
}
