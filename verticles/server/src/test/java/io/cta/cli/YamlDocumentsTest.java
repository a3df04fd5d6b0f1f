package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
class YamlDocumentsTest {
  @TempDir Path dir;

  private static List<SourceDocument> read(String yaml) {
    InputStream in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    return YamlDocuments.read(List.of("-"), in);
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
  void wordsThatOnlyLookLikeSomethingElseStayText(String written, String read) {
    assertEquals(read, read("v: " + written).get(0).content().getValue("v"));
  }

  @Test
  void truthWholeNumbersAndNothingAreWhatTheyLookLike() {
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
  void everyFaultOfEveryPlaceIsSaidAtOnce() throws IOException {
    Path bad = Files.writeString(dir.resolve("bad.yaml"), "a: [");
    Files.write(dir.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    String missing = dir.resolve("missing.yaml").toString();
    CliFailure failure =
        assertThrows(
            CliFailure.class,
            () ->
                YamlDocuments.read(
                    List.of(dir.toString(), missing), InputStream.nullInputStream()));
    assertTrue(failure.getMessage().contains(bad.toString()), failure.getMessage());
    assertTrue(failure.getMessage().contains("latin.yaml is not UTF-8 text"));
    assertTrue(failure.getMessage().contains(missing + " does not exist"));
  }

  @Test
  void aBombOfAliasesIsRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String previous = "*a" + (i - 1) + ", ";
      yaml.append("a").append(i).append(": &a").append(i).append(" [").append(previous.repeat(9));
      yaml.append("*a").append(i - 1).append("]\n");
    }
    assertEquals("(stdin):1, document 1: has more than 200000 values", faults(yaml.toString()));
  }

  @Test
  void theLineOfAFieldIsFoundAsFarAsItIsThere() {
    SourceDocument document = read("name: x\ntests:\n  - name: t\n    stages: []\n").get(0);
    assertEquals("(stdin):4, document 1", document.place("tests[0].stages"));
    assertEquals("(stdin):3, document 1", document.place("tests[0].timeout"));
    assertEquals("(stdin):1, document 1", document.place(""));
  }
}
