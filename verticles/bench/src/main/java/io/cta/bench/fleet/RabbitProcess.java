package io.cta.bench.fleet;

import io.cta.broker.rabbitmq.RabbitServer;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A RabbitMQ broker, started from Debian's package. */
public record RabbitProcess(RabbitServer server) implements BrokerProcess {
  public static RabbitProcess started() throws IOException {
    return new RabbitProcess(RabbitServer.started());
  }

  @Override
  public String kind() {
    return "rabbitmq";
  }

  @Override
  public String address() {
    return server.uri();
  }

  @Override
  public Map<String, String> serverEnv() {
    return Map.of("CTA_BROKER_TYPE", "rabbitmq", "CTA_BROKER_RABBITMQ_URL", server.uri());
  }

  @Override
  public Map<String, String> agentEnv() {
    return Map.of("CTA_AGENT_LINK", "rabbitmq", "CTA_AGENT_RABBITMQ", server.uri());
  }

  @Override
  public void kill() throws IOException {
    server.kill();
  }

  @Override
  public void comeBack() throws IOException {
    server.start();
  }

  @Override
  public Set<String> queues() throws IOException {
    return Set.of(server.ctl("list_queues", "name").split("\\s+"));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
