package io.cta.bench.fleet;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A broker in a process of its own, started for one run. */
public interface BrokerProcess extends AutoCloseable {
  /** {@code rabbitmq} or {@code kafka}. */
  String kind();

  String address();

  /** The environment that makes a server use the broker. */
  Map<String, String> serverEnv();

  /** The environment that makes an agent use the broker directly. */
  Map<String, String> agentEnv();

  /** Kills the process, as {@code kill -9} does. */
  void kill() throws IOException;

  /** Starts the broker again on the same port and data; returns when it answers. */
  void comeBack() throws IOException;

  /** The names of the broker's queues or topics. */
  Set<String> queues() throws IOException;

  @Override
  void close() throws IOException;
}
