package io.cta.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints, for each port given to it, that port when it is free on the loopback, or else another
 * that is.
 */
public final class FreePort {
  private FreePort() {}

  public static void main(String[] args) throws IOException {
    List<String> found = new ArrayList<>();
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (String wanted : args) {
        // kept open until all are found, so that none is printed twice
        held.add(open(Integer.parseInt(wanted)));
        found.add(String.valueOf(held.get(held.size() - 1).getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    System.out.println(String.join(" ", found));
  }

  private static ServerSocket open(int wanted) throws IOException {
    try {
      return new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress());
    } catch (BindException e) {
      return open(0);
    }
  }
}
