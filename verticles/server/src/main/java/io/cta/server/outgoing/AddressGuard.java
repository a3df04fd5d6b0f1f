package io.cta.server.outgoing;

import io.cta.error.ServiceFailure;
import io.cta.server.http.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells public addresses from those that only this machine or its network can reach. The ranges are
 * those of the IANA registries of special-purpose addresses (RFC 6890). Pure.
 */
public final class AddressGuard {
  private static final List<AddressRange> PRIVATE =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/128",
              "::1/128",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/32",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(AddressRange::parse)
          .toList();

  /** Ranges of IPv6 in which an IPv4 address is hidden, and at which byte it begins. */
  private record Embedding(AddressRange range, int at) {}

  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding(AddressRange.parse("64:ff9b::/96"), 12),
          new Embedding(AddressRange.parse("2002::/16"), 2),
          new Embedding(AddressRange.parse("::/96"), 12));

  private final OutgoingAllow allow;

  public AddressGuard(OutgoingAllow allow) {
    this.allow = allow;
  }

  /** Throws INVALID, naming the field, if the host itself is an address that must not be called. */
  public void check(String field, OutgoingUrl url) {
    url.literal()
        .filter(address -> !mayCall(url.host(), address))
        .ifPresent(
            address -> {
              throw ServiceFailure.invalid(
                  field,
                  "must not be a private address ("
                      + url.host()
                      + "), unless the operator lists it in outgoing.allow");
            });
  }

  /** Whether a host that was resolved to the address may be called there. */
  public boolean mayCall(String host, InetAddress address) {
    return allow.has(host) || allow.has(address) || isPublic(address);
  }

  private boolean isPublic(InetAddress address) {
    if (PRIVATE.stream().anyMatch(range -> range.contains(address))) {
      return false;
    }
    for (Embedding embedding : EMBEDDINGS) {
      if (embedding.range.contains(address)) {
        InetAddress inner = inner(address, embedding.at);
        return allow.has(inner) || isPublic(inner);
      }
    }
    return true;
  }

  private static InetAddress inner(InetAddress address, int at) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), at, at + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes always are an address
    }
  }
}
