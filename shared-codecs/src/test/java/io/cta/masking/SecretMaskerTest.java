package io.cta.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecretMaskerTest {
  private static final String HARD = "p&= \"q\\r/s'<é>";
  private static final SecretMasker MASKER = SecretMasker.of(List.of(HARD));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p&= \"q\\r/s'<é>",
        "p%26%3D%20%22q%5Cr%2Fs%27%3C%C3%A9%3E",
        "p%26%3d%20%22q%5cr%2fs%27%3c%c3%a9%3e",
        "p%26%3D+%22q%5Cr%2Fs%27%3C%C3%A9%3E",
        "p&=%20%22q%5Cr/s'%3C%C3%A9%3E",
        "p&= \\\"q\\\\r/s'<é>",
        "p&= \\\"q\\\\r\\/s'<\\u00e9>",
        "p&= \\\"q\\\\r/s'<\\u00E9>",
        "p\\u0026= \\\"q\\\\r/s\\u0027\\u003c\\u00e9\\u003e",
        "p&amp;= &quot;q\\r/s&apos;&lt;é&gt;",
        "p&amp;= &#34;q\\r/s&#39;&lt;é&gt;",
        "p&amp;= \"q\\r/s'&lt;é>",
        "p&= \"q\\r/s'\\''<é>"
      })
  void hidesEveryFormInWhichProgramsPrintASecret(String form) {
    assertEquals("<***>", MASKER.mask("<" + form + ">"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain-secret", "a b&c=d/e?f#g", "äöü€😀-secret", "tab\tand\u0001control"})
  void hidesWhatTheLibrariesOfThisPlatformMakeOfASecret(String secret) throws Exception {
    SecretMasker masker = SecretMasker.of(List.of(secret));
    String json = new JsonObject().put("a", secret).encode();
    assertEquals("{\"a\":\"***\"}", masker.mask(json));
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    assertEquals("x=***&y", masker.mask("x=" + form + "&y"));
    String address = new URI("http", "host", "/" + secret, null).toASCIIString();
    assertEquals(false, masker.mask(address).contains("secret"), address);
  }

  @Test
  void returnsATextWithoutSecretsAsItIs() {
    String text = "nothing here…";
    assertSame(text, MASKER.mask(text));
    assertSame(text, SecretMasker.NONE.mask(text));
  }

  @Test
  void hidesTheBeginningOfASecretThatWasCutOff() {
    assertEquals("token ***…", SecretMasker.of(List.of("secret-token")).mask("token secret-t…"));
    assertEquals("token sec…", SecretMasker.of(List.of("secret-token")).mask("token sec…"));
    assertEquals("the secret", SecretMasker.of(List.of("secret-token")).mask("the secret"));
  }

  @Test
  void masksNamesAndValuesOfJson() {
    JsonObject json =
        new JsonObject()
            .put("secret-token", 1)
            .put("list", new JsonArray().add("a secret-token").add(new JsonObject().put("n", 2)));
    assertEquals(
        "{\"***\":1,\"list\":[\"a ***\",{\"n\":2}]}",
        SecretMasker.of(List.of("secret-token")).mask(json).encode());
  }
}
