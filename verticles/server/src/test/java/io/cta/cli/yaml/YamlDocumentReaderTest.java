package io.cta.cli.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.cli.client.CliFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class YamlDocumentReaderTest {
  @TempDir Path dir;

  private static List<SourceDocument> read(String yaml) {
    InputStream in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    return YamlDocumentReader.read(List.of("-"), in);
  }

  private static String faults(String yaml) {
    return assertThrows(CliFailure.class, () -> read(yaml)).getMessage();
  }

  @Test
  void severalDocumentsAreReadInTheirOrderAndEmptyOnesLeftOut() {
    List<SourceDocument> documents = read("kind: Test\nname: a\n---\n---\nkind: Test\nname: b\n");
    assertEquals(2, documents.size());
    assertEquals("b", documents.get(1).content().getString("name"));
    assertEquals(3, documents.get(1).number());
  }

  @ParameterizedTest
  @CsvSource({"no,no", "1.10,1.10", "2026-11-23,2026-11-23", "0100,0100", "1_000,1_000", "on,on"})
  void wordsThatMerelyResembleOtherTypesStayText(String written, String read) {
    assertEquals(read, read("v: " + written).get(0).content().getValue("v"));
  }

  @Test
  void truthValuesWholeNumbersAndNullAreConverted() {
    JsonObject read = read("t: true\nn: -17\nz: null\ne:\nq: '17'\n").get(0).content();
    assertEquals(true, read.getValue("t"));
    assertEquals(-17, read.getValue("n"));
    assertEquals(null, read.getValue("z", "absent"));
    assertEquals(null, read.getValue("e", "absent"));
    assertEquals("17", read.getValue("q"));
  }

  @Test
  void anchorsAndMergesAreResolved() {
    JsonObject read = read("a: &x { p: 1 }\nb: *x\nc: { <<: *x, q: [2] }\n").get(0).content();
    assertEquals(new JsonObject().put("p", 1), read.getJsonObject("b"));
    assertEquals(
        new JsonObject().put("p", 1).put("q", new JsonArray().add(2)), read.getJsonObject("c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: [1'               | (stdin):1, document 1: no valid YAML",
        "'a: 1\n---\nb: \"x'   | (stdin):3, document 2: no valid YAML",
        "'a: 1\na: 2'          | found duplicate key a",
        "'- 1\n- 2'            | (stdin):1, document 1: must be fields and values",
        "'a: 1\n---\njust text'| (stdin):3, document 2: must be fields and values",
        "'a: !!java.io.File x' | no valid YAML",
      })
  void aFaultNamesFileLineAndDocument(String yaml, String expected) {
    String said = faults(yaml);
    assertTrue(said.contains(expected), said);
  }

  @Test
  void everyFaultOfEveryPlaceIsReportedAtOnce() throws IOException {
    Path bad = Files.writeString(dir.resolve("bad.yaml"), "a: [");
    Files.write(dir.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    String missing = dir.resolve("missing.yaml").toString();
    CliFailure failure =
        assertThrows(
            CliFailure.class,
            () ->
                YamlDocumentReader.read(
                    List.of(dir.toString(), missing), InputStream.nullInputStream()));
    assertTrue(failure.getMessage().contains(bad.toString()), failure.getMessage());
    assertTrue(failure.getMessage().contains("latin.yaml is not UTF-8 text"));
    assertTrue(failure.getMessage().contains(missing + " does not exist"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: &x [1, *x]'                  | (stdin):1, document 1: contains itself",
        "'a: 1\nb: &x\n  c: { d: *x }'    | (stdin):2, document 1: contains itself",
        "'a: &x { <<: *x }'               | (stdin):1, document 1: contains itself",
        "'a: &x\n  ? *x\n  : 1'           | (stdin):1, document 1:",
      })
  void aDocumentThatContainsItselfIsRefusedInOneLine(String yaml, String expected) {
    String said = faults(yaml.replace("\\n", "\n"));
    assertTrue(said.startsWith(expected), said);
    assertEquals(1, said.lines().count());
  }

  @Test
  void endlessBracketsAreRefusedInOneLine() {
    for (String open : new String[] {"[", "{a: ", "- ", "? "}) {
      String said = faults("a:\n  " + open.repeat(10_000));
      assertTrue(said.contains("document 1: no valid YAML"), said);
      assertEquals(1, said.lines().count());
    }
  }

  @Test
  void aTextThatAliasesMakeHugeIsRefusedAtItsLine() {
    String yaml = "a: &x '" + "b".repeat(1_000_000) + "'\nb:\n" + "  - *x\n".repeat(400);
    String said = faults(yaml);
    assertTrue(said.matches("\\(stdin\\):\\d+, document 1: is larger than \\d+ characters"), said);
  }

  @Test
  void aFileOfThirtyMegabytesIsRefusedUnread() throws IOException {
    Path big = dir.resolve("big.yaml");
    try (var file = new java.io.RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(30_000_000);
    }
    CliFailure failure =
        assertThrows(
            CliFailure.class,
            () -> YamlDocumentReader.read(List.of(big.toString()), InputStream.nullInputStream()));
    assertEquals(big + " is larger than 4 MB", failure.getMessage());
    assertTrue(faults("#".repeat(5_000_000)).contains("(stdin) is larger"));
  }

  @Test
  void inFieldsForTextANumberBecomesTheTextThatWasWritten() {
    JsonObject read =
        read("name: 7\nretries: 2\nenv: { A: 755, B: 0755, C: true, retries: 3 }\nlabels: [1, x]\n")
            .get(0)
            .content();
    assertEquals("7", read.getString("name"));
    assertEquals(2, read.getValue("retries"));
    JsonObject env = read.getJsonObject("env");
    assertEquals("755", env.getValue("A"));
    assertEquals("0755", env.getValue("B"));
    assertEquals("true", env.getValue("C"));
    assertEquals("3", env.getValue("retries"));
    assertEquals("1", read.getJsonArray("labels").getValue(0));
  }

  @Test
  void anyTextIsReadOrRefusedWithinBounds() {
    java.util.Random random = new java.util.Random(11);
    String[] parts = {
      "a",
      ":",
      " ",
      "\n",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&x ",
      "*x",
      "!!set ",
      "!!binary ",
      "? ",
      "|",
      ">",
      "'",
      "\"",
      "#",
      "%",
      "<<: ",
      "---",
      "...",
      "\t",
      "\u0000",
      "\u0085",
      "\ud83d",
      "0x1F",
      "1e999999999",
      "~",
      "@",
      "`",
      ",",
      "!!timestamp 2001-01-01",
      "\\x41"
    };
    long end = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(10);
    for (int i = 0; i < 60_000 && System.nanoTime() < end; i++) {
      StringBuilder yaml = new StringBuilder("a: &x [1]\n");
      for (int n = random.nextInt(40); n > 0; n--) {
        yaml.append(parts[random.nextInt(parts.length)]);
      }
      try {
        read(yaml.toString());
      } catch (CliFailure e) {
        assertEquals(1, e.exitCode());
      }
    }
  }

  @Test
  void aBombOfAliasesIsRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String previous = "*a" + (i - 1) + ", ";
      yaml.append("a").append(i).append(": &a").append(i).append(" [").append(previous.repeat(9));
      yaml.append("*a").append(i - 1).append("]\n");
    }
    String said = faults(yaml.toString());
    assertTrue(said.matches("\\(stdin\\):\\d+, document 1: has more than 200000 values"), said);
  }

  @Test
  void theLineIsThatOfTheFieldOrOfItsInnermostPartThatExists() {
    SourceDocument document = read("name: x\ntests:\n  - name: t\n    stages: []\n").get(0);
    assertEquals("(stdin):4, document 1", document.place("tests[0].stages"));
    assertEquals("(stdin):3, document 1", document.place("tests[0].timeout"));
    assertEquals("(stdin):1, document 1", document.place(""));
  }
}
