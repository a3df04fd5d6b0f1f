package io.cta.agent.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** XML that is not quite XML, in any encoding and of any size. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class XmlRobustnessTest {
  @TempDir Path dir;

  @ParameterizedTest
  @MethodSource
  void encodings(Charset charset, String mark, String declaration) {
    String xml = mark + declaration + "<testsuite><testcase name='prüfen'/></testsuite>";
    assertEquals("prüfen", ReportSample.of("junit", xml.getBytes(charset)).only().name());
  }

  static Stream<Arguments> encodings() {
    String mark = "\ufeff";
    return Stream.of(
        Arguments.of(UTF_8, "", ""),
        Arguments.of(UTF_8, mark, "<?xml version='1.0' encoding='utf-8'?>"),
        Arguments.of(UTF_8, "", "<?xml version='1.0' encoding='UTF-16'?>"),
        Arguments.of(UTF_8, "", "<?xml version='1.0' encoding='no-such-thing'?>"),
        Arguments.of(UTF_16LE, mark, "<?xml version='1.0' encoding='utf-16'?>"),
        Arguments.of(UTF_16BE, mark, ""),
        Arguments.of(UTF_16LE, "", "<?xml version='1.0' encoding='UTF-16LE'?>"),
        Arguments.of(UTF_16BE, "", "<?xml version='1.0'?>"),
        Arguments.of(ISO_8859_1, "", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>"),
        Arguments.of(
            Charset.forName("windows-1252"), "", "<?xml version='1.0' encoding='windows-1252'?>"));
  }

  @ParameterizedTest
  @MethodSource
  void texts(String written, String read) {
    String xml = "<testsuite><testcase name='n'><failure>" + written + "</failure></testcase>";
    ReportSample sample = ReportSample.junit(xml + "<testcase name='m'/></testsuite>");
    assertNull(sample.trouble());
    assertEquals(read, sample.cases().get(0).message());
    assertEquals("m", sample.cases().get(1).name());
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("a ]]> b", "a ]]> b"),
        Arguments.of("<![CDATA[a < b && c]]>", "a < b && c"),
        Arguments.of("<![CDATA[a ]]]]><![CDATA[> b]]>", "a ]]> b"),
        Arguments.of("<![CDATA[a]]>]]>", "a]]>"),
        Arguments.of("\u001b[31mred\u001b[39m", "red"),
        Arguments.of("&#27;[1;31mred&#x1b;[0m", "red"),
        Arguments.of("#x1B[31mred#x1B[0m", "red"),
        Arguments.of("bell \u0007 and \u0000 and &#0; and \uffff", "bell  and  and  and"),
        Arguments.of("R&D, a&b;c, &nbsp; &amp; &lt;", "R&D, a&b;c, &nbsp; & <"),
        Arguments.of("if a < b", "if a < b"),
        Arguments.of("one <!-- -- two --> three", "one  three"),
        Arguments.of("one <?php two ?> three", "one  three"),
        Arguments.of("\ud83d\ude00 and a half \ud83d", "\ud83d\ude00 and a half ?"),
        Arguments.of("\u4e2d\u6587 &#x4e2d; &#128512;", "\u4e2d\u6587 \u4e2d \ud83d\ude00"));
  }

  @Test
  void attributesMayHoldWhatTheyMustNot() {
    String xml = "<testsuite><testcase name='a < b & c' classname=\"x\u001b[1m\"/></testsuite>";
    TestCase one = ReportSample.junit(xml).only();
    assertEquals("x#a < b & c", one.fullName());
  }

  @Test
  void aPrefixThatNobodyDeclaredIsNoFault() {
    assertEquals(
        "n", ReportSample.junit("<j:testsuite><j:testcase name='n'/></j:testsuite>").only().name());
  }

  @Test
  void entitiesOfOtherFilesAreNotRead() throws IOException {
    Path secret = Files.writeString(dir.resolve("secret"), "top-secret");
    ReportSample sample =
        ReportSample.junit(
            "<!DOCTYPE t [<!ENTITY x SYSTEM '"
                + secret.toUri()
                + "'>]><testsuite><testcase name='a'/><testcase name='b'><failure>&x;</failure>"
                + "</testcase></testsuite>");
    assertEquals("1/0/0/0 reportUnreadable", sample.sums());
    assertTrue(!sample.toString().contains("top-secret"));
  }

  @Test
  void entitiesThatGrowAreNotExpanded() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE t [<!ENTITY a0 'x'>");
    for (int i = 1; i < 40; i++) {
      bomb.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    ReportSample sample =
        ReportSample.junit(bomb + "]><testsuite><testcase name='&a39;'/></testsuite>");
    assertEquals("0/0/0/0 reportUnreadable", sample.sums());
  }

  @Test
  void aDocumentTypeIsPassedOver() {
    assertEquals(
        "1/0/0/0",
        ReportSample.junit(
                "<!DOCTYPE testsuite PUBLIC '-//X//Y>Z' \"http://127.0.0.1:1/x.dtd\" [<!-- it's -->"
                    + "<!ELEMENT testsuite ANY>]><testsuite><testcase name='n'/></testsuite>")
            .sums());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<testsuite><testcase name='a'/><testcase name='b'><failure>so        | reportTruncated",
        "<testsuite><testcase name='a'/><testcase na                          | reportTruncated",
        "<testsuite><testcase name='a'/><!-- so                               | reportTruncated",
        "<testsuite><testcase name='a'/><testcase name='b'><![CDATA[          | reportTruncated",
        "<testsuite><testcase name='a'/><                                     | reportTruncated",
        "<testsuite><testcase name='a'/></testsuit                            | reportTruncated",
        "<testsuite><testcase name='a'/></b></testsuite>                      | reportUnreadable",
        "<testsuite><testcase name='a'/><x y=1/></testsuite>                  | reportUnreadable",
      })
  void ofAFileThatIsCutOrBrokenWhatWasReadCounts(String xml, String reason) {
    assertEquals("1/0/0/0 " + reason, ReportSample.junit(xml).sums());
  }

  @ParameterizedTest
  @CsvSource({
    "'', reportTruncated",
    "' ', reportTruncated",
    "'<?xml version=''1.0''?>', reportTruncated",
    "'<!-- nothing -->', reportTruncated",
    "'<html><body>502</body></html>', reportUnreadable",
    "'hello', reportTruncated",
  })
  void aFileWithoutAReportIsNone(String xml, String reason) {
    assertEquals("0/0/0/0 " + reason, ReportSample.junit(xml).sums());
  }

  @Test
  void deepNestingIsATrouble() {
    ReportSample sample =
        ReportSample.junit("<testsuite><testcase name='a'/>" + "<x>".repeat(100_000));
    assertEquals("1/0/0/0 reportUnreadable", sample.sums());
  }

  @Test
  void hugeTextsAndAttributesAreCutWithoutBeingHeld() throws IOException {
    Path file = dir.resolve("huge.xml");
    byte[] much = "y".repeat(1 << 20).getBytes(UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("<testsuite><testcase name='a'><failure message='".getBytes(UTF_8));
      repeat(out, much, 60);
      out.write("'>".getBytes(UTF_8));
      repeat(out, much, 60);
      out.write("</failure><system-out><![CDATA[".getBytes(UTF_8));
      repeat(out, much, 60);
      out.write("]]></system-out></testcase></testsuite>".getBytes(UTF_8));
    }
    ReportSample sample = ReportSample.of("junit", file);
    assertNull(sample.trouble());
    TestCase one = sample.only();
    assertTrue(one.message().length() <= 4_001, "message of " + one.message().length());
    assertTrue(one.details().trace().length() <= 12_001);
    assertTrue(one.details().stdout().length() <= 8_001);
  }

  @Test
  void aNameWithoutAnEndIsATrouble() throws IOException {
    Path file = dir.resolve("name.xml");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("<testsuite><testcase name='a'/><".getBytes(UTF_8));
      repeat(out, "y".repeat(1 << 20).getBytes(UTF_8), 100);
    }
    assertEquals("1/0/0/0 reportUnreadable", ReportSample.of("junit", file).sums());
  }

  private static void repeat(OutputStream out, byte[] bytes, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      out.write(bytes);
    }
  }
}
