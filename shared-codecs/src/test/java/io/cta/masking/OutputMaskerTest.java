package io.cta.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputMaskerTest {
  private static final String SHORT = "abcd1234";
  private static final String LONG = "abcd1234XYZ";
  private static final String HARD = "p&= \"q\\r/s'<é>";
  private static final String PEM =
      "-----BEGIN KEY-----\nMIIBVwIBADANBgkq\n\n  ab\nhkiG9w0BAQEFAASC\n-----END KEY-----\n";

  /** Cuts of the stream that the fuzz makes; more are asked for by hand. */
  private static final int CUTS = Integer.getInteger("cta.test.cuts", 100_000);

  @Test
  void hidesOverlappingSecretsAsOneAtEveryCut() {
    SecretMasker masker = SecretMasker.of(List.of(SHORT, LONG, HARD));
    String text = "a " + LONG + " b " + SHORT + " c " + HARD + " d";
    for (int cut = 0; cut <= text.getBytes(UTF_8).length; cut++) {
      assertEquals("a *** b *** c *** d", streamed(masker, text, cut));
    }
  }

  @Test
  void letsWhatOnlyBeginsLikeASecretPass() {
    SecretMasker masker = SecretMasker.of(List.of(LONG));
    for (int cut = 0; cut <= 10; cut++) {
      assertEquals("abcd1234XY", streamed(masker, "abcd1234XY", cut));
    }
    assertEquals("abcd12abcd12***!", streamed(masker, "abcd12abcd12" + LONG + "!", 9));
  }

  @Test
  void holdsNothingBackThatIsNoBeginningOfASecret() {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    OutputMasker masker = SecretMasker.of(List.of(SHORT)).stream(seen::write);
    byte[] bytes = "Password: ab".getBytes(UTF_8);
    masker.write(bytes, 0, bytes.length);
    assertEquals("Password: ", seen.toString(UTF_8));
    masker.end();
    assertEquals("Password: ab", seen.toString(UTF_8));
  }

  @Test
  void hidesEachLineOfASecretButNotVeryShortOnes() {
    SecretMasker masker = SecretMasker.of(List.of(PEM));
    assertEquals("***", masker.mask(PEM).strip());
    assertEquals("x *** y", masker.mask("x MIIBVwIBADANBgkq y"));
    assertEquals("cabs and\n\nlines", masker.mask("cabs and\n\nlines"));
  }

  @Test
  void leavesTextsBetweenTheLinesOfASecretReadable() {
    SecretMasker masker = SecretMasker.of(List.of("{\n\"key\": \"value-1\"\n}\n\n"));
    assertEquals("{ a: {} }", masker.mask("{ a: {} }"));
    assertEquals("{***}", masker.mask("{\"key\": \"value-1\"}"));
  }

  @Test
  void hidesBase64OfTextsThatHaveTheSecretInside() {
    SecretMasker masker = SecretMasker.of(List.of("s3cret-T0ken?>value"));
    for (String before : List.of("", "u", "us", "user:", "oauth2:")) {
      for (String after : List.of("", "\n", ":x", "123")) {
        byte[] bytes = (before + "s3cret-T0ken?>value" + after).getBytes(UTF_8);
        for (Base64.Encoder encoder :
            List.of(Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getMimeEncoder())) {
          String seen = masker.mask("Basic " + encoder.encodeToString(bytes));
          String left = seen.replaceFirst("Basic ", "").replace(SecretMasker.MASK, "");
          String decoded = decodedEverywhere(left);
          assertFalse(decoded.contains("T0ken"), seen);
          assertEquals(true, seen.contains(SecretMasker.MASK), seen);
        }
      }
    }
  }

  @Test
  void hidesTheFoldedBase64OfALongSecret() {
    String secret = "0123456789-abcdefghijklmnopqrstuvwxyz-".repeat(5);
    String folded =
        Base64.getMimeEncoder(76, new byte[] {'\n'})
            .encodeToString((secret + "\n").getBytes(UTF_8));
    String seen = SecretMasker.of(List.of(secret)).mask(folded);
    assertEquals(true, seen.replace(SecretMasker.MASK, "").strip().length() <= 4 + 3, seen);
  }

  @Test
  void doesNotShowASecretAtAnyRandomCut() {
    Random random = new Random(20261129);
    SecretMasker masker = SecretMasker.of(List.of(SHORT, LONG, HARD, PEM));
    List<String> forms = new ArrayList<>(SecretForms.of(List.of(SHORT, LONG, HARD, PEM)));
    for (int i = 0; i < CUTS / 5; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = 0; part < 4; part++) {
        text.append(noise(random)).append(forms.get(random.nextInt(forms.size())));
      }
      String whole = streamed(masker, text.append(noise(random)).toString(), 0);
      String cut = streamedAtRandom(masker, text.toString(), random);
      assertEquals(whole, cut);
      for (String secret : List.of(SHORT, LONG, HARD, "MIIBVwIBADANBgkq")) {
        assertFalse(cut.contains(secret), cut);
      }
    }
  }

  private static String noise(Random random) {
    String letters = "ab12 \n\\\"%&é=";
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      out.append(letters.charAt(random.nextInt(letters.length())));
    }
    return out.toString();
  }

  private static String streamed(SecretMasker masker, String text, int cut) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputMasker stream = masker.stream(out::write);
    stream.write(bytes, 0, Math.min(cut, bytes.length));
    stream.write(bytes, Math.min(cut, bytes.length), bytes.length - Math.min(cut, bytes.length));
    stream.end();
    return out.toString(UTF_8);
  }

  private static String streamedAtRandom(SecretMasker masker, String text, Random random) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputMasker stream = masker.stream(out::write);
    for (int from = 0; from < bytes.length; ) {
      int n = Math.min(bytes.length - from, 1 + random.nextInt(1 + bytes.length / 5));
      stream.write(bytes, from, n);
      from += n;
    }
    stream.end();
    return out.toString(UTF_8);
  }

  /** What can be read from the rest of a base64 text, wherever its groups begin. */
  private static String decodedEverywhere(String left) {
    String plain = left.replace('-', '+').replace('_', '/').replaceAll("[^A-Za-z0-9+/]", "");
    StringBuilder out = new StringBuilder();
    for (int from = 0; from < 4 && from < plain.length(); from++) {
      String part = plain.substring(from);
      int length = part.length() % 4 == 1 ? part.length() - 1 : part.length();
      out.append(new String(Base64.getDecoder().decode(part.substring(0, length)), UTF_8));
    }
    return out.toString();
  }
}
