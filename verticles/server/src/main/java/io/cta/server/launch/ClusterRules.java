package io.cta.server.launch;

import io.cta.server.config.ServerConfig;
import io.cta.server.config.ServerConfig.BrokerType;
import io.cta.server.config.ServerConfig.StoreType;
import java.util.ArrayList;
import java.util.List;

/** Checks that a configuration is fit for a node of a cluster. */
final class ClusterRules {
  private ClusterRules() {}

  /** What is wrong, one text for the operator per fault; empty when nothing is. */
  static List<String> faults(ServerConfig config) {
    List<String> faults = new ArrayList<>();
    if (config.cluster().host().isEmpty()) {
      faults.add(
          "cluster.host must be set with --cluster: the address at which the other nodes reach"
              + " this one");
    }
    if (config.cluster().members().isEmpty()) {
      faults.add(
          "cluster.members must be set with --cluster: addresses of nodes, such as"
              + " host1:5701,host2:5701");
    }
    if (config.store().type() == StoreType.SQLITE) {
      faults.add("store.type must be mongo with --cluster: nodes cannot share a SQLite file");
    }
    if (config.broker().type() == BrokerType.EMBEDDED) {
      faults.add(
          "broker.type must be rabbitmq or kafka with --cluster: nodes cannot share the embedded"
              + " broker");
    }
    return faults;
  }
}
