package io.cta.server.launch;

import io.cta.server.cluster.ClusterNode;
import io.cta.server.config.ServerConfig;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.secrets.SecretKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Opens the keys that seal secrets: those of the configuration, or the data directory's own. */
final class SecretCipherFactory {
  private SecretCipherFactory() {}

  /**
   * A server that shares its store with others makes no keys of its own: the others could not open
   * what it seals.
   */
  static Future<SecretCipher> open(Vertx vertx, ServerConfig config, ClusterNode node) {
    if (config.security().secretKeys().isPresent()) {
      String text = config.security().secretKeys().get().value();
      return Future.succeededFuture(SecretCipher.with(SecretKeys.parse(text)));
    }
    return node.alone()
        ? vertx.executeBlocking(() -> SecretCipher.with(SecretKeys.open(config.data())))
        : Future.succeededFuture(
            SecretCipher.without(
                "servers of a cluster keep secrets only when security.secretKeys is set, to the"
                    + " same on all of them"));
  }
}
