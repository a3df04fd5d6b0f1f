package io.cta.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.http.PublicAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookies count only from pages of this server, under any of its names. */
class OriginCheckTest {
  @ParameterizedTest
  @CsvSource({
    // origin, Host, X-Forwarded-Host, public URL
    "http://cta.example:8080, cta.example:8080, , , true",
    "https://cta.example, cta.example, , , true",
    "https://CTA.example:443, cta.example, , , true",
    "http://[::1]:8080, [::1]:8080, , , true",
    "http://cta.example, cta.example:8080, , , false",
    "http://evil.example:8080, cta.example:8080, , , false",
    "http://cta.example.evil.org:8080, cta.example:8080, , , false",
    "null, cta.example:8080, , , false",
    "'', cta.example:8080, , , false",
    "::::, cta.example:8080, , , false",
    "https://cta.example, , , , false",
    // a rewritten Host
    "https://cta.example, 127.0.0.1:8080, , , false",
    "https://cta.example, 127.0.0.1:8080, , https://cta.example/cta, true",
    "https://cta.example:8443, cta.example, , https://cta.example:8443, true",
    "https://cta.example:8443, cta.example, , https://cta.example, false",
    "http://cta.example, 127.0.0.1:8080, , https://cta.example, false",
    "https://evil.example, 127.0.0.1:8080, , https://cta.example, false",
    // two public names
    "https://other.example, other.example, , https://cta.example, true",
    "https://cta.example, 127.0.0.1:8080, cta.example, , true",
    "https://cta.example, 127.0.0.1:8080, 'cta.example, inner', , true",
    "https://evil.example, 127.0.0.1:8080, 'cta.example, inner', , false",
  })
  void onlyPagesOfThisServerHaveItsOrigin(
      String origin, String host, String forwarded, String url, boolean fine) {
    OriginCheck check = new OriginCheck(new PublicAddress(Optional.ofNullable(url)));
    List<String> others = Optional.ofNullable(forwarded).stream().toList();
    Optional<String> fault = check.fault(origin, host, others);
    assertEquals(fine, fault.isEmpty(), fault.toString());
    fault.ifPresent(text -> assertTrue(text.contains("set http.publicUrl"), text));
  }

  @ParameterizedTest
  @CsvSource({"https://cta.example, 127.0.0.1:8080, http://old.example"})
  void theTextNamesWhatDisagrees(String origin, String host, String url) {
    OriginCheck check = new OriginCheck(new PublicAddress(Optional.of(url)));
    String text = check.fault(origin, host, List.of("inner")).orElseThrow();
    for (String value : List.of(origin, "Host is " + host, "X-Forwarded-Host inner", url)) {
      assertTrue(text.contains(value), text);
    }
  }
}
