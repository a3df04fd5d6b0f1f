package io.cta.server.launch;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.cta.server.config.ServerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Arrays;

/** Creates a Vertx whose event bus spans the nodes that the configuration names. */
final class ClusteredVertx {
  private ClusteredVertx() {}

  /**
   * Joins the members that are up, or starts alone. Both addresses come from the configuration and
   * are never guessed: a wrong guess shows only when the first message is lost.
   *
   * @param name of the cluster; nodes with another name cannot join
   */
  static Future<Vertx> join(VertxOptions options, ServerConfig.Cluster cluster, String name) {
    String host = cluster.host().orElseThrow();
    String busHost = cluster.bus().host().orElse(host);
    int pingMillis = (int) Math.max(500, cluster.deadAfter().toMillis() / 2);
    options
        .getEventBusOptions()
        .setHost(busHost)
        .setPort(cluster.bus().port())
        .setClusterPublicHost(busHost)
        .setClusterPingInterval(pingMillis)
        .setClusterPingReplyInterval(pingMillis);
    return Vertx.builder()
        .with(options)
        .withClusterManager(new HazelcastClusterManager(hazelcast(cluster, host, name)))
        .buildClustered();
  }

  private static Config hazelcast(ServerConfig.Cluster cluster, String host, String name) {
    Config config = new Config();
    config.setClusterName(name);
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.local.localAddress", host);
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty(
        "hazelcast.max.no.heartbeat.seconds", String.valueOf(cluster.deadAfter().toSeconds()));
    // nodes that started separately or were cut off find each other again
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
    network(config.getNetworkConfig(), cluster, host);
    // the event bus's registrations, each kept on two nodes
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
    config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    return config;
  }

  private static void network(NetworkConfig network, ServerConfig.Cluster cluster, String host) {
    network.setPort(cluster.port()).setPortAutoIncrement(false);
    network.setPublicAddress(host + ":" + cluster.port());
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setConnectionTimeoutSeconds((int) cluster.deadAfter().toSeconds())
        .setMembers(Arrays.asList(cluster.members().orElseThrow().split(",")));
  }
}
