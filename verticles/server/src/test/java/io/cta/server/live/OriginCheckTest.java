package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.net.HostAndPort;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {
  @ParameterizedTest
  @CsvSource({
    "http://cta.example:8080, cta.example, 8080, true",
    "https://cta.example, cta.example, -1, true",
    "https://CTA.example:443, cta.example, -1, true",
    "http://cta.example, cta.example, 8080, false",
    "http://evil.example:8080, cta.example, 8080, false",
    "http://cta.example.evil.org:8080, cta.example, 8080, false",
    "null, cta.example, 8080, false",
    "'', cta.example, 8080, false",
    "::::, cta.example, 8080, false",
  })
  void onlyPagesOfThisServerHaveItsOrigin(String origin, String host, int port, boolean same) {
    assertEquals(same, SameOrigin.holds(origin, HostAndPort.create(host, port)));
  }
}
