package io.cta.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds the right client address, whatever is written into X-Forwarded-For. */
class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(AddressRange.parseAll("127.0.0.1, 10.0.0.0/8,2001:db8::/32"));

  @ParameterizedTest
  @CsvSource({
    // peer, X-Forwarded-For (headers separated by |), client
    "127.0.0.1, , 127.0.0.1",
    "127.0.0.1, 198.51.100.7, 198.51.100.7",
    "127.0.0.1, '1.1.1.1, 198.51.100.7', 198.51.100.7",
    "127.0.0.1, '1.1.1.1, 198.51.100.7, 10.1.2.3', 198.51.100.7",
    "127.0.0.1, 1.1.1.1|198.51.100.7|10.1.2.3, 198.51.100.7",
    "127.0.0.1, '10.9.9.9, 10.1.2.3', 10.9.9.9",
    "127.0.0.1, 198.51.100.7:4711, 198.51.100.7",
    "127.0.0.1, [2001:db9::1]:4711, 2001:db9:0:0:0:0:0:1",
    "127.0.0.1, '2001:db9::1, 2001:db8::5', 2001:db9:0:0:0:0:0:1",
    "::ffff:127.0.0.1, 198.51.100.7, 198.51.100.7",
    "127.0.0.1, ::ffff:198.51.100.7, 198.51.100.7",
    // an entry that is no address ends the search
    "127.0.0.1, unknown, 127.0.0.1",
    "127.0.0.1, '198.51.100.7, unknown, 10.1.2.3', 10.1.2.3",
    "127.0.0.1, ',', 127.0.0.1",
    "127.0.0.1, localhost, 127.0.0.1",
    "127.0.0.1, '[::1', 127.0.0.1",
    // an untrusted peer is not believed
    "198.51.100.9, 1.1.1.1, 198.51.100.9",
    "198.51.100.9, '1.1.1.1, 127.0.0.1', 198.51.100.9",
    "11.0.0.1, 1.1.1.1, 11.0.0.1",
    "2001:db9::9, 1.1.1.1, 2001:db9::9",
  })
  void theClientIsTheFirstFromTheRightThatIsNoProxy(String peer, String forwarded, String client) {
    List<String> headers = forwarded == null ? List.of() : List.of(forwarded.split("\\|"));
    assertEquals(client, proxies.client(peer, headers));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 2001:db8::1, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.9/24, 192.0.2.200, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "::ffff:10.0.0.1, 10.0.0.1, true",
    "fe80::1, fe80::1%eth0, true",
    "10.0.0.1, , false",
    "10.0.0.1, a name, false",
  })
  void aRangeHasWhatBeginsWithItsBits(String range, String peer, boolean within) {
    assertEquals(within, new TrustedProxies(AddressRange.parseAll(range)).trusts(peer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "proxy",
        "10.0.0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "::/129",
        "10.0.0.1,",
        "10.0.0.1 10.0.0.2",
        "10.0.0.256",
        "10.0.0.0/8x"
      })
  void whatIsNoListOfAddressesIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressRange.parseAll(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50})
  void aLongHeaderIsReadFromItsEndOnly(int proxiesAtTheEnd) {
    String header =
        String.join(
            ",",
            Stream.concat(
                    Stream.of("1.1.1.1", "198.51.100.7"),
                    Stream.generate(() -> "10.0.0.1").limit(proxiesAtTheEnd))
                .toList());
    assertEquals("198.51.100.7", proxies.client("127.0.0.1", List.of(header)));
  }
}
