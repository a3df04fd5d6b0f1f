package io.cta.server.mail;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MailAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"a@b", "ann.o'neil+cta@mail.example.org", "root@localhost", "x@1.2"})
  void anAddressIsTaken(String text) {
    assertTrue(MailAddress.is(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@-x.org",
        "ann@x..org",
        "Ann <ann@example.org>",
        "a@b,c@d",
        "a b@example.org",
        "ann@example.org\nBcc: eve@example.org",
        "ü@example.org",
        "a@b\u0000"
      })
  void anythingElseIsNot(String text) {
    assertFalse(MailAddress.is(text));
  }
}
