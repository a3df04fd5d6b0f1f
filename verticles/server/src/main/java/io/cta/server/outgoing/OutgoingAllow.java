package io.cta.server.outgoing;

import io.cta.server.http.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What operators let the server call although it is not public. Pure.
 *
 * @param hosts names in lower case, whatever they resolve to
 */
public record OutgoingAllow(Set<String> hosts, List<AddressRange> ranges) {
  public static final OutgoingAllow NOTHING = new OutgoingAllow(Set.of(), List.of());

  public OutgoingAllow {
    hosts = Set.copyOf(hosts);
    ranges = List.copyOf(ranges);
  }

  /**
   * Parses host names, addresses and ranges separated by commas; throws IllegalArgumentException
   * for anything else.
   */
  public static OutgoingAllow parse(String text) {
    Set<String> hosts = new HashSet<>();
    List<AddressRange> ranges = new ArrayList<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String one = part.strip().toLowerCase(Locale.ROOT);
      if (one.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?") && !one.matches(".*(^|\\.)[0-9]+")) {
        hosts.add(one);
      } else {
        ranges.add(AddressRange.parse(one));
      }
    }
    return new OutgoingAllow(hosts, ranges);
  }

  boolean has(String host) {
    return hosts.contains(host);
  }

  boolean has(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
