package io.cta.server.store.mongo;

import io.cta.domain.IdGenerator;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.PersistentStoreContract;
import io.cta.time.MonotonicClock;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against the server that {@code CTA_TEST_MONGO_URL} names, in a database of each test's own. */
@EnabledIfEnvironmentVariable(named = "CTA_TEST_MONGO_URL", matches = ".+")
class MongoServerStoreTest extends PersistentStoreContract {
  private final MongoSettings settings =
      MongoSettings.of(System.getenv("CTA_TEST_MONGO_URL"), "cta-test-" + IdGenerator.next());

  @AfterEach
  void drop() {
    MongoClient client = MongoClient.create(vertx, settings.client());
    await(client.runCommand("dropDatabase", new JsonObject().put("dropDatabase", 1)));
    await(client.close());
  }

  @Override
  protected DocumentStore empty() {
    return again();
  }

  @Override
  protected DocumentStore again() {
    return new MongoStore(vertx, settings, MonotonicClock.system());
  }
}
