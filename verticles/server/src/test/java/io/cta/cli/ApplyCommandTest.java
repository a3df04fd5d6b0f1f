package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ApplyCommandTest {
  private static final String TWO =
      "kind: Configuration\nname: any\nmode: mono\n---\nkind: TestSuite\nname: s\ntests:\n  - ref: a\n";

  @TempDir Path dir;
  private FakeServer server;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    file = Files.writeString(dir.resolve("two.yaml"), TWO);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun apply(String... more) {
    String[] args = new String[7 + more.length];
    String[] common = {
      "apply", "--server", server.url(), "--token", "secret", "-f", file.toString()
    };
    System.arraycopy(common, 0, args, 0, 7);
    System.arraycopy(more, 0, args, 7, more.length);
    return CommandRun.of(args);
  }

  @Test
  void allDocumentsGoInOneRequestAndTheDifferenceIsPrinted() {
    server.answer(
        "POST",
        "/api/v1/apply",
        200,
        """
        {"dryRun":false,"documents":[
          {"kind":"Configuration","name":"any","action":"updated","changes":[
            {"field":"mode","from":"stress","to":"mono"},{"field":"labels[0]","to":"x"}]},
          {"kind":"TestSuite","name":"s","action":"created","changes":[]}]}""");
    CommandRun run = apply();
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        ~ Configuration any
            mode: "stress" -> "mono"
            labels[0]: (none) -> "x"
        + TestSuite s
        1 created, 1 updated, 0 unchanged
        """,
        run.out().replace(System.lineSeparator(), "\n"));
    FakeServer.ReceivedRequest request = server.asked.get(0);
    assertEquals("Bearer secret", request.authorization());
    assertEquals(2, request.json().getJsonArray("documents").size());
    assertEquals(false, request.json().getBoolean("dryRun"));
  }

  @Test
  void aDryRunIsRequestedAndPrinted() {
    server.answer(
        "POST",
        "/api/v1/apply",
        200,
        "{\"dryRun\":true,\"documents\":[{\"kind\":\"Test\",\"name\":\"a\",\"action\":\"unchanged\"}]}");
    CommandRun run = apply("--dry-run");
    assertTrue(run.out().contains("= Test a"), run.out());
    assertTrue(run.out().contains("dry run: nothing was changed"), run.out());
    assertEquals(true, server.asked.get(0).json().getBoolean("dryRun"));
  }

  @Test
  void aRefusalNamesFileLineDocumentAndField() {
    server.answer(
        "POST",
        "/api/v1/apply",
        400,
        """
        {"type":"urn:cta:error:invalid","title":"Invalid","status":400,"detail":"two fields",
         "errors":[{"field":"documents[0].mode","rule":"must be one of mono, group"},
                   {"field":"documents[1].tests[0].ref","rule":"names no test: a"}]}""");
    CommandRun run = apply();
    assertEquals(1, run.code());
    assertTrue(run.err().contains("nothing was applied"), run.err());
    assertTrue(
        run.err().contains(file + ":3, document 1: mode must be one of mono, group"), run.err());
    assertTrue(
        run.err().contains(file + ":8, document 2: tests[0].ref names no test: a"), run.err());
  }

  @Test
  void aMissingTokenIsExplained() {
    server.answer("POST", "/api/v1/apply", 401, "{\"detail\":\"who are you?\"}");
    CommandRun run = apply();
    assertEquals(77, run.code());
    assertTrue(run.err().contains("who are you?; give a valid token"), run.err());
  }

  @Test
  void aServerThatIsNotThereIsExitCode69() {
    server.close();
    CommandRun run = apply();
    assertEquals(69, run.code());
    assertTrue(run.err().startsWith("cta: no answer from " + server.url()), run.err());
  }

  @Test
  void aFileWithoutDocumentsIsAnError() throws IOException {
    Files.writeString(file, "# nothing\n");
    assertEquals(1, apply().code());
    assertTrue(server.asked.isEmpty());
  }
}
