package io.cta.server.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A range of addresses (CIDR), IPv4 or IPv6. Host names are not accepted and never looked up. Pure.
 *
 * @param network an address of the range
 * @param bits length of the common prefix, 0 to 32 (IPv4) or 128 (IPv6)
 */
public record AddressRange(InetAddress network, int bits) {
  /**
   * Parses {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address; bits after the prefix are
   * ignored. Throws IllegalArgumentException for anything else.
   */
  public static AddressRange parse(String text) {
    String[] parts = text.split("/", -1);
    InetAddress network =
        address(parts[0]).orElseThrow(() -> new IllegalArgumentException("no address: " + text));
    int most = network.getAddress().length * 8;
    if (parts.length == 1) {
      return new AddressRange(network, most);
    }
    if (parts.length > 2 || !parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > most) {
      throw new IllegalArgumentException("no range of addresses: " + text);
    }
    return new AddressRange(network, Integer.parseInt(parts[1]));
  }

  /** Ranges separated by commas. */
  public static List<AddressRange> parseAll(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).map(AddressRange::parse).toList();
  }

  /** Parses a literal address; IPv4 within IPv6 is IPv4. Empty for anything else. */
  public static Optional<InetAddress> address(String literal) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if ((ours[i / 8] & mask) != (theirs[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
