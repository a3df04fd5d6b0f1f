package io.cta.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult.Loaded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ClusterRulesTest {
  @Test
  void aConfigurationForOneServerIsRefusedWithAllThatIsMissing() {
    List<String> faults = faults(Map.of());
    assertEquals(4, faults.size(), faults.toString());
    for (String key : List.of("cluster.host", "cluster.members", "store.type", "broker.type")) {
      assertTrue(faults.stream().anyMatch(f -> f.startsWith(key + " must be")), key);
    }
  }

  @Test
  void anEmbeddedBrokerIsRefusedThoughTheStoreIsShared() {
    List<String> faults =
        faults(
            Map.of(
                "CTA_CLUSTER_HOST", "10.0.0.1",
                "CTA_CLUSTER_MEMBERS", "10.0.0.1:5701",
                "CTA_STORE_TYPE", "mongo",
                "CTA_STORE_MONGO_URL", "mongodb://h"));
    assertEquals(
        List.of(
            "broker.type must be rabbitmq or kafka with --cluster: nodes cannot share the embedded"
                + " broker"),
        faults);
  }

  @Test
  void aStoreAndABrokerThatNodesCanShareAreAccepted() {
    Map<String, String> shared =
        Map.of(
            "CTA_CLUSTER_HOST", "10.0.0.1",
            "CTA_CLUSTER_MEMBERS", "cta-nodes:5701",
            "CTA_STORE_TYPE", "mongo",
            "CTA_STORE_MONGO_URL", "mongodb://h",
            "CTA_BROKER_TYPE", "rabbitmq",
            "CTA_BROKER_RABBITMQ_URL", "amqp://h");
    assertEquals(List.of(), faults(shared));
  }

  private static List<String> faults(Map<String, String> env) {
    return ClusterRules.faults(((Loaded) ConfigLoader.load(Optional.empty(), env)).config());
  }
}
