package io.cta.server.store.mongo;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.domain.IdGenerator;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.PersistentStoreContract;
import io.cta.time.MonotonicClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a server of the MongoDB protocol in this process, a database for each test. */
class MongoStoreTest extends PersistentStoreContract {
  private static MongoServer server;
  private static String url;

  private final String database = "cta-" + IdGenerator.next();

  @BeforeAll
  static void start() {
    server = EmbeddedMongoServer.started();
    url = "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
  }

  @AfterAll
  static void stop() {
    server.shutdownNow();
  }

  @Override
  protected DocumentStore empty() {
    return again();
  }

  @Override
  protected DocumentStore again() {
    return new MongoStore(vertx, MongoSettings.of(url, database), MonotonicClock.system());
  }
}
