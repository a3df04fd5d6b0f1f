package io.cta.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Prints, for each port given to it, that port when it is free on the loopback, or one that is. */
public final class FreePort {
  private FreePort() {}

  public static void main(String[] args) throws IOException {
    List<String> found = new ArrayList<>();
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (String wanted : args) {
        // held until all are found: none is to be printed twice
        held.add(like(Integer.parseInt(wanted)));
        found.add(String.valueOf(held.get(held.size() - 1).getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    System.out.println(String.join(" ", found));
  }

  private static ServerSocket like(int wanted) throws IOException {
    try {
      return new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress());
    } catch (BindException e) {
      return like(0);
    }
  }
}
