package io.cta.server.http;

import static io.cta.server.http.AddressQuota.Answer.ADDRESS_FULL;
import static io.cta.server.http.AddressQuota.Answer.FULL;
import static io.cta.server.http.AddressQuota.Answer.GRANTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class AddressQuotaTest {
  private final AddressQuota quota = new AddressQuota(5, 3);

  @Test
  void an_address_gets_its_part_and_what_it_gives_back_it_may_have_again() {
    assertEquals(GRANTED, quota.take("a", 3));
    assertEquals(ADDRESS_FULL, quota.take("a", 1));
    quota.giveBack("a", 1);
    assertEquals(GRANTED, quota.take("a", 1));
    assertEquals(3, quota.taken());
  }

  @Test
  void all_together_get_no_more_than_there_is() {
    quota.take("a", 3);
    assertEquals(FULL, quota.take("b", 3));
    assertEquals(GRANTED, quota.take("b", 2));
    quota.giveBack("a", 3);
    assertEquals(GRANTED, quota.take("c", 3));
  }

  @Test
  void amounts_that_overflow_are_refused() {
    quota.take("a", 1);
    assertEquals(ADDRESS_FULL, quota.take("a", Long.MAX_VALUE));
  }

  @Test
  void one_host_has_one_address_whatever_it_picks_of_its_network() {
    assertEquals(ClientAddress.of("2001:db8:1:2::1"), ClientAddress.of("2001:db8:1:2:ffff::9"));
    assertNotEquals(ClientAddress.of("2001:db8:1:2::1"), ClientAddress.of("2001:db8:1:3::1"));
    assertEquals(ClientAddress.of("fe80::1%eth0"), ClientAddress.of("fe80::2"));
    assertEquals("192.0.2.7", ClientAddress.of("192.0.2.7"));
    assertEquals("192.0.2.7", ClientAddress.of("::ffff:192.0.2.7"));
  }
}
