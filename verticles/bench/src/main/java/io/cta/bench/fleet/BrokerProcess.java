package io.cta.bench.fleet;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A broker of one's own, in a process of its own. */
public interface BrokerProcess extends AutoCloseable {
  /** {@code rabbitmq} or {@code kafka}. */
  String kind();

  String address();

  /** What a server is told to use it. */
  Map<String, String> serverEnv();

  /** What an agent is told to use it itself. */
  Map<String, String> agentEnv();

  /** As {@code kill -9} does. */
  void kill() throws IOException;

  /** On the same port and data; returns when it answers. */
  void comeBack() throws IOException;

  /** The names of its queues, or topics. */
  Set<String> queues() throws IOException;

  @Override
  void close() throws IOException;
}
