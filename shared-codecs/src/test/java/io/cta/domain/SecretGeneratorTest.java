package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretGeneratorTest {
  @Test
  void a_secret_has_256_bits_and_says_nothing_of_the_next() {
    Set<String> all = new HashSet<>();
    Set<String> beginnings = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String secret = SecretGenerator.next();
      assertEquals(32, Base64.getUrlDecoder().decode(secret).length);
      all.add(secret);
      beginnings.add(secret.substring(0, 6));
    }
    assertEquals(1000, all.size());
    assertTrue(beginnings.size() > 990, "beginnings: " + beginnings.size());
  }
}
