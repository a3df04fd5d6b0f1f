package io.cta.server.api;

import de.bwaldvogel.mongo.MongoServer;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.MongoStore;
import io.cta.server.store.mongo.MongoWire;
import io.cta.time.Ticker;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Two servers over one database. */
class DefinitionRacesOnMongoTest extends DefinitionRaces {
  private final MongoServer mongo = MongoWire.started();

  @Override
  List<ApiServer> servers() {
    MongoSettings settings =
        MongoSettings.of("mongodb://127.0.0.1:" + mongo.getLocalAddress().getPort(), "cta-races");
    return List.of(
        new ApiServer(vertx -> new MongoStore(vertx, settings, Ticker.system())),
        new ApiServer(vertx -> new MongoStore(vertx, settings, Ticker.system())));
  }

  @AfterEach
  void shutDown() {
    mongo.shutdownNow();
  }
}
