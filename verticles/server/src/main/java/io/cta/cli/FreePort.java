package io.cta.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Prints the port given to it when it is free on the loopback, otherwise one that is. */
public final class FreePort {
  private FreePort() {}

  public static void main(String[] args) throws IOException {
    System.out.println(like(Integer.parseInt(args[0])));
  }

  static int like(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (java.net.BindException e) {
      return like(0);
    }
  }
}
