package io.cta.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Picks a port for a server that is stopped and started again on it. Nobody else gets the port
 * meanwhile: it is below those that systems give to clients and to servers that ask for port 0.
 */
public final class KeptPort {
  private static final int FIRST = 15_000;
  private static final int END = 32_000;
  private static final int TRIES = 100;

  private KeptPort() {}

  public static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // try the next one
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " to " + END);
  }
}
