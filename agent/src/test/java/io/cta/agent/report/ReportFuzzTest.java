package io.cta.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.json.JsonMapping;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports that are damaged in every way: no exception escapes, and none of them looks good. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReportFuzzTest {
  private static final int MUTANTS = 200;
  private static final List<String> BITS =
      List.of(
          "<",
          ">",
          "&",
          "\"",
          "'",
          "]]>",
          "<![CDATA[",
          "<!--",
          "-->",
          "<!DOCTYPE x [",
          "<?",
          "&#0;",
          "</",
          "/>",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\\",
          "\n",
          "\u0000",
          "\ufeff",
          "1..9",
          "not ok",
          "<testcase name='x'>",
          "{\"Action\":\"fail\",\"Package\":\"p\"}",
          "    ",
          "---",
          "...");

  @ParameterizedTest
  @MethodSource("samples")
  void aReportThatIsCutAnywhereIsNotTakenForAGoodOne(Map.Entry<String, String> sample) {
    byte[] bytes = sample.getValue().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      ReportSample cut = ReportSample.of(sample.getKey(), Arrays.copyOf(bytes, length));
      assertTrue(cut.warns(), sample.getKey() + " cut at " + length + ": " + cut);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whateverIsInAFileNothingEscapesItsReader(Map.Entry<String, String> sample) {
    byte[] bytes = sample.getValue().getBytes(StandardCharsets.UTF_8);
    for (int seed = 0; seed < MUTANTS; seed++) {
      byte[] mutant = mutate(bytes, new Random(seed));
      ReportSample read = ReportSample.of(sample.getKey(), mutant);
      for (TestCase one : read.cases()) {
        assertTrue(one.fullName().length() < 600, "a name is too long, seed " + seed);
        assertFalse(one.skipped() && one.failed(), "seed " + seed);
        assertEquals(
            one, JsonMapping.decode(JsonMapping.encode(one), TestCase.class), "seed " + seed);
      }
    }
  }

  static Stream<Map.Entry<String, String>> samples() {
    return FormatSamples.all().entrySet().stream();
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 2; times--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(200), bytes.length - at);
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> flip(bytes, at, random);
            case 1 -> join(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
            case 2 -> join(bytes, at, new byte[0], at + length);
            case 3 -> join(bytes, at, bit(random), at);
            default -> join(bytes, at, bit(random).clone(), Math.min(bytes.length, at + 1));
          };
    }
    return bytes;
  }

  private static byte[] flip(byte[] bytes, int at, Random random) {
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private static byte[] bit(Random random) {
    return BITS.get(random.nextInt(BITS.size())).getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes up to a place, something between, and the bytes from another place. */
  private static byte[] join(byte[] bytes, int to, byte[] between, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, to);
    out.writeBytes(between);
    out.write(bytes, from, bytes.length - from);
    return out.toByteArray();
  }
}
