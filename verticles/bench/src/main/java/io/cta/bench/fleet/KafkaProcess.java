package io.cta.bench.fleet;

import io.cta.broker.kafka.KafkaServer;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A Kafka broker, started from the jars that the build fetches. */
public record KafkaProcess(KafkaServer server) implements BrokerProcess {
  public static KafkaProcess started() {
    return new KafkaProcess(KafkaServer.start());
  }

  @Override
  public String kind() {
    return "kafka";
  }

  @Override
  public String address() {
    return server.bootstrap();
  }

  @Override
  public Map<String, String> serverEnv() {
    return Map.of("CTA_BROKER_TYPE", "kafka", "CTA_BROKER_KAFKA_BOOTSTRAP", server.bootstrap());
  }

  @Override
  public Map<String, String> agentEnv() {
    return Map.of("CTA_AGENT_LINK", "kafka", "CTA_AGENT_KAFKA", server.bootstrap());
  }

  @Override
  public void kill() {
    server.kill();
  }

  @Override
  public void comeBack() {
    server.restart();
  }

  @Override
  public Set<String> queues() throws IOException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrap()))) {
      return admin.listTopics().names().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
