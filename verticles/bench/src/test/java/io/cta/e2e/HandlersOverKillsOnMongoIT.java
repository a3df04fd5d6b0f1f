package io.cta.e2e;

import io.cta.bench.fleet.MongoInstance;
import java.util.Map;

/** With MongoDB, or a server of its protocol, which goes on while the server of CTA dies. */
class HandlersOverKillsOnMongoIT extends HandlersOverKills {
  private final MongoInstance mongo = new MongoInstance();

  @Override
  Map<String, String> store() {
    return mongo.serverEnv();
  }

  @Override
  void closeStore() {
    mongo.close();
  }
}
