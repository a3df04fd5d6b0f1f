package io.cta.e2e;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A broker of the tests' own, in a process of its own. */
interface RealBroker extends AutoCloseable {
  /** {@code rabbitmq} or {@code kafka}. */
  String kind();

  String address();

  /** What a server is told to use it. */
  Map<String, String> serverEnv();

  /** What an agent is told to use it itself. */
  Map<String, String> agentEnv();

  /** As {@code kill -9} does. */
  void kill() throws Exception;

  /** On the same port and data; returns when it answers. */
  void comeBack() throws Exception;

  /** The names of its queues, or topics. */
  Set<String> queues() throws Exception;

  @Override
  void close() throws IOException;
}
