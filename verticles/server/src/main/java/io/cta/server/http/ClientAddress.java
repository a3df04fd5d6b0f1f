package io.cta.server.http;

import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * Whom limits are counted for: an IPv4 address, or the network that one IPv6 host can choose of.
 */
public final class ClientAddress {
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** An address for people; the port, too, where it is the client's own. */
  public static String text(SocketAddress remote) {
    if (remote == null) {
      return "?";
    }
    return remote.port() > 0 ? remote.toString() : remote.hostAddress();
  }

  public static String of(SocketAddress remote) {
    String text = remote == null ? null : remote.hostAddress();
    return text == null ? "?" : of(text);
  }

  static String of(String literal) {
    if (literal.indexOf(':') < 0) {
      return literal;
    }
    try {
      int zone = literal.indexOf('%');
      InetAddress address = InetAddress.getByName(zone < 0 ? literal : literal.substring(0, zone));
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64"
          : address.getHostAddress();
    } catch (UnknownHostException e) {
      return literal;
    }
  }
}
