package io.cta.server.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ServiceFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private addresses are told from public ones. */
class AddressGuardTest {
  private final AddressGuard guard = new AddressGuard(OutgoingAllow.NOTHING);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "255.255.255.255",
        "::",
        "::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2002:0a00:0001::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
      })
  void privateAddressesAreNotCalled(String address) throws UnknownHostException {
    assertFalse(guard.mayCall("host.example", InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "169.253.1.1",
        "192.167.1.1",
        "2606:4700::1111",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
      })
  void publicAddressesAre(String address) throws UnknownHostException {
    assertTrue(guard.mayCall("host.example", InetAddress.getByName(address)));
  }

  @Test
  void operatorsAllowHostsAddressesAndRanges() throws UnknownHostException {
    AddressGuard open = new AddressGuard(OutgoingAllow.parse("Hooks.internal, 10.1.0.0/16, ::1"));
    assertTrue(open.mayCall("hooks.internal", InetAddress.getByName("192.168.0.1")));
    assertTrue(open.mayCall("other.internal", InetAddress.getByName("10.1.2.3")));
    assertTrue(open.mayCall("other.internal", InetAddress.getByName("::1")));
    assertTrue(open.mayCall("other.internal", InetAddress.getByName("64:ff9b::0a01:0203")));
    assertFalse(open.mayCall("other.internal", InetAddress.getByName("10.2.2.3")));
    assertFalse(open.mayCall("x.hooks.internal", InetAddress.getByName("192.168.0.1")));
  }

  @Test
  void anAddressThatCanNeverBeCalledIsRefusedWhenItIsWritten() {
    ServiceFailure failure =
        assertThrows(
            ServiceFailure.class,
            () -> guard.check("url", OutgoingUrl.parse("url", "http://[::ffff:127.0.0.1]/")));
    assertEquals("url", failure.field());
    assertTrue(failure.getMessage().contains("outgoing.allow"), failure.getMessage());
    guard.check("url", OutgoingUrl.parse("url", "http://localhost/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "a b", "http://x", "127.1", "2130706433", "x,,y"})
  void whatIsNoHostAddressOrRangeIsNotAllowed(String text) {
    assertThrows(IllegalArgumentException.class, () -> OutgoingAllow.parse(text));
  }
}
