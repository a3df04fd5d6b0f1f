package io.cta.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.ArtifactBuilder;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.State;
import io.cta.server.api.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cta artifacts}: lists, and writes only below the directory that it is given. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ArtifactsCommandTest {
  private static final String EXECUTION = "01EXECUTION";

  @TempDir Path dir;
  private final ApiServer server = new ApiServer();

  @BeforeEach
  void execution() {
    ApiServer.wait(
        server.stores.executions.insert(
            EXECUTION,
            ExecutionBuilder.builder()
                .id(EXECUTION)
                .scenarioName("s")
                .state(State.RUNNING)
                .requestedAt(server.clock.instant())
                .build()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void filesAreListedAndFetchedBelowTaskAttemptAndTest() throws Exception {
    keep(1, "suite/login", "out/a.txt", "one");
    keep(2, "suite/login", "out/a.txt", "two");
    CommandRun list = run();
    assertEquals(0, list.code(), list.err());
    assertTrue(list.out().contains("out/a.txt"), list.out());
    Path target = dir.resolve("fetched");
    CommandRun fetched = run("--download", target.toString());
    assertEquals(0, fetched.code(), fetched.err());
    assertEquals("one", Files.readString(target.resolve("0.1/suite_login/out/a.txt")));
    assertEquals("two", Files.readString(target.resolve("0.2/suite_login/out/a.txt")));
  }

  @Test
  void aNameThatLeadsElsewhereIsRefusedWhoeverStoredIt() throws Exception {
    keep(1, "t", "../../evil.txt", "x");
    CommandRun fetched = run("--download", dir.resolve("a/b").toString());
    assertEquals(74, fetched.code(), fetched.out());
    assertFalse(Files.exists(dir.resolve("evil.txt")));
  }

  @Test
  void aLinkInTheDirectoryIsNotFollowed() throws Exception {
    keep(1, "t", "x/evil.txt", "x");
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Path link = dir.resolve("fetched/0.1/t/x");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, outside);
    assertEquals(74, run("--download", dir.resolve("fetched").toString()).code());
    assertFalse(Files.exists(outside.resolve("evil.txt")));
  }

  @Test
  void aContentWithAnotherDigestIsNotKept() throws Exception {
    String sha256 = keep(1, "t", "a.txt", "right");
    Files.writeString(content(sha256), "wrong");
    CommandRun fetched = run("--download", dir.resolve("f").toString());
    assertEquals(69, fetched.code(), fetched.out());
    assertFalse(Files.exists(dir.resolve("f/0.1/t/a.txt")));
  }

  private CommandRun run(String... more) {
    String[] args = new String[6 + more.length];
    String token = server.admin().token();
    System.arraycopy(
        new String[] {"artifacts", EXECUTION, "--server", server.url(), "--token", token},
        0,
        args,
        0,
        6);
    System.arraycopy(more, 0, args, 6, more.length);
    return CommandRun.of(args);
  }

  private String keep(int attempt, String test, String path, String text) throws Exception {
    byte[] bytes = text.getBytes();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    Files.createDirectories(content(sha256).getParent());
    Files.write(content(sha256), bytes);
    String id = EXECUTION + "-0." + attempt + "-" + sha256.substring(0, 32);
    ApiServer.wait(
        server.stores.artifacts.insert(
            id,
            ArtifactBuilder.builder()
                .id(id)
                .executionId(EXECUTION)
                .taskId(EXECUTION + "-0")
                .attempt(attempt)
                .testId(test)
                .path(path)
                .size(bytes.length)
                .sha256(sha256)
                .at(server.clock.instant())
                .build()));
    return sha256;
  }

  private Path content(String sha256) throws IOException {
    return server.files.resolve(sha256.substring(0, 2)).resolve(sha256);
  }
}
