package io.cta.server.api.definitions;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.server.api.ApiServer;
import io.cta.server.store.mongo.EmbeddedMongoServer;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.MongoStore;
import io.cta.time.MonotonicClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Two servers over one database. */
class DefinitionRacesOnMongoTest extends DefinitionRaces {
  private final MongoServer mongo = EmbeddedMongoServer.started();

  @Override
  List<ApiServer> servers() {
    MongoSettings settings =
        MongoSettings.of("mongodb://127.0.0.1:" + mongo.getLocalAddress().getPort(), "cta-races");
    return List.of(
        new ApiServer(vertx -> new MongoStore(vertx, settings, MonotonicClock.system())),
        new ApiServer(vertx -> new MongoStore(vertx, settings, MonotonicClock.system())));
  }

  @AfterEach
  void shutDown() {
    mongo.shutdownNow();
  }
}
