package io.cta.server.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides which proxies are trusted and finds the client's address behind them. Pure. */
public final class TrustedProxies {
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressRange> ranges;

  public TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * @param peer literal address of the connection's other end, or null
   */
  public boolean trusts(String peer) {
    return peer != null && AddressRange.address(peer).filter(this::trusts).isPresent();
  }

  /**
   * The client's address: from the right, the first that is not a trusted proxy's. Entries left of
   * it are ignored, since an untrusted peer wrote them. An entry that is no address ends the search
   * at the last valid one. When all are trusted, the leftmost is the client's.
   *
   * @param peer literal address of the connection's other end, or null
   * @param forwarded the X-Forwarded-For headers, in their order
   * @return a literal address without port; the peer as it is when it is not trusted
   */
  public String client(String peer, List<String> forwarded) {
    if (forwarded.isEmpty() || !trusts(peer)) {
      return peer;
    }
    String joined = forwarded.stream().collect(Collectors.joining(","));
    List<String> hops = Stream.of(joined.split(",", -1)).map(String::strip).toList();
    String client = peer;
    for (int i = hops.size() - 1; i >= 0; i--) {
      Optional<InetAddress> hop = AddressRange.address(withoutPort(hops.get(i)));
      if (hop.isEmpty()) {
        return client;
      }
      client = hop.get().getHostAddress();
      if (!trusts(hop.get())) {
        return client;
      }
    }
    return client;
  }

  /** Some proxies write {@code 192.0.2.1:4711} and {@code [2001:db8::1]:4711}. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  private boolean trusts(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
