package io.cta.server.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses have one spelling. */
class OutgoingUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.org/a?b=c, hooks.example.org, 443, /a?b=c, hooks.example.org",
    "http://Example.ORG, example.org, 80, /, example.org",
    "http://localhost:8080/x, localhost, 8080, /x, localhost:8080",
    "http://192.0.2.1:81, 192.0.2.1, 81, /, 192.0.2.1:81",
    "https://[2001:db8::1]:8443/, 2001:db8::1, 8443, /, [2001:db8::1]:8443",
    "https://xn--bcher-kva.example/%C3%BC, xn--bcher-kva.example, 443, /%C3%BC,"
        + " xn--bcher-kva.example",
    "http://a1.b2-c3.example:65535, a1.b2-c3.example, 65535, /, a1.b2-c3.example:65535",
  })
  void whatIsPlainIsTaken(String text, String host, int port, String target, String authority) {
    OutgoingUrl url = OutgoingUrl.parse("url", text);
    assertEquals(host, url.host());
    assertEquals(port, url.port());
    assertEquals(target, url.target());
    assertEquals(authority, url.authority());
    assertEquals(text.startsWith("https"), url.tls());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/",
        "http://127.1/",
        "http://127.0.1/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.1./",
        "http://example.org./",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://a.0x/",
        "http://a.1/",
        "http://user@example.org/",
        "http://user:password@example.org/",
        "http://@example.org/",
        "http://example.org@127.0.0.1/",
        "http://example.org:0/",
        "http://example.org:65536/",
        "http://example.org:080/",
        "http://example.org:/",
        "http://example.org:8x/",
        "http://example.org:-1/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "http:example.org",
        "http://",
        "http:///path",
        "http://exa mple.org/",
        "http://example.org/a b",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/#fragment",
        "http://bücher.example/",
        "http://①②⑦.⓪.⓪.①/",
        "http://exa_mple.org/",
        "http://-a.example/",
        "http://a..b/",
        "http://[::1%25lo]/",
        "http://[fe80::1%25eth0]/",
        "http://[::1",
        "http://[127.0.0.1]/",
        "http://[v1.x]/",
        "http://%31%32%37.0.0.1/",
        "http://example.org\r\nX: y/",
        " http://example.org/",
      })
  void whatCouldBeReadInAnotherWayIsRefused(String text) {
    ServiceFailure failure =
        assertThrows(ServiceFailure.class, () -> OutgoingUrl.parse("url", text));
    assertEquals("url", failure.field());
  }

  @Test
  void anAddressIsKnownAsOne() {
    assertTrue(OutgoingUrl.parse("url", "http://10.0.0.7").literal().isPresent());
    assertTrue(OutgoingUrl.parse("url", "http://[::1]").literal().isPresent());
    assertTrue(OutgoingUrl.parse("url", "http://localhost").literal().isEmpty());
  }
}
