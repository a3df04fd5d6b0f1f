package io.cta.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ServiceFailure;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys have one spelling and enough bytes. */
class SigningKeyTest {
  @ParameterizedTest
  @ValueSource(ints = {24, 25, 32, 64})
  void keysOf24To64BytesAreTaken(int bytes) {
    String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    assertEquals(text, SigningKey.parse("key", text).text());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 65, 100})
  void shorterAndLongerOnesAreNot(int bytes) {
    refused("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "whsec_",
        "WHSEC_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        // the prefix twice, and base64 of base64 with its prefix
        "whsec_whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        // no padding, the other alphabet, blanks, rests of bits
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_",
        "whsec_AAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAA",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
        "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB==",
      })
  void whatIsNotStrictlyAKeyIsRefused(String text) {
    refused(text);
  }

  @Test
  void newKeysDifferAndShowThemselvesInNoLog() {
    SigningKey key = SigningKey.random();
    assertNotEquals(key.text(), SigningKey.random().text());
    assertEquals(key.text(), SigningKey.parse("key", key.text()).text());
    assertFalse(key.toString().contains(key.text()));
  }

  private static void refused(String text) {
    ServiceFailure failure =
        assertThrows(ServiceFailure.class, () -> SigningKey.parse("key", text));
    assertEquals("key", failure.field());
    assertFalse(text.length() > 6 && failure.getMessage().contains(text));
  }
}
