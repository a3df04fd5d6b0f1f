package io.cta.server.http;

import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * The key by which limits per client are counted: an IPv4 address, or the /64 network of an IPv6
 * address, since one host can choose any address in it.
 */
public final class ClientAddress {
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** An address for people, with the port where it is the client's own. */
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
