package io.cta.agent.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Directories of attempts: the latest are kept, the others are deleted in the background. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WorkspaceStoreTest {
  @TempDir Path root;
  private WorkspaceStore workspaceStore;

  @BeforeEach
  void make() throws IOException {
    workspaceStore = new WorkspaceStore(root, 2);
  }

  @Test
  void theLatestFewAreKept() throws IOException {
    for (String name : List.of("a", "b", "c", "d")) {
      workspaceStore.release(filled(name));
    }
    assertEquals(List.of("c", "d"), names(root));
    ConditionPoller.holds("an empty trash", () -> names(root.resolve(".trash")).isEmpty());
  }

  @Test
  void aDirectoryOfThatNameIsMadeAnew() throws IOException {
    Path old = filled("a");
    Files.setPosixFilePermissions(old.resolve("sub"), PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("r-xr-xr-x"));
    assertEquals(List.of(), names(workspaceStore.make("a")));
    ConditionPoller.holds("an empty trash", () -> names(root.resolve(".trash")).isEmpty());
  }

  @Test
  void whatNoJournalKnowsIsRemovedAtTheStart() throws IOException {
    filled("known");
    filled("unknown");
    Path left = Files.createDirectories(root.resolve(".trash/left"));
    workspaceStore.sweep(Set.of("known"));
    assertEquals(List.of("known"), names(root));
    ConditionPoller.holds("what an earlier start left to go, too", () -> !Files.exists(left));
  }

  @Test
  void nothingIsKeptWhileTheDiskIsLow() throws IOException {
    workspaceStore.release(filled("a"));
    workspaceStore.diskLow(true);
    assertEquals(List.of(), names(root));
    workspaceStore.diskLow(false);
    workspaceStore.release(filled("b"));
    assertEquals(List.of("b"), names(root));
  }

  @Test
  void oneThatIsDiscardedIsGoneAtOnce() throws IOException {
    Path dir = filled("a");
    workspaceStore.discard(dir);
    assertFalse(Files.exists(dir));
    assertTrue(names(root).isEmpty());
  }

  private Path filled(String name) throws IOException {
    Path dir = workspaceStore.make(name);
    Files.createDirectories(dir.resolve("sub/deeper"));
    Files.writeString(dir.resolve("sub/deeper/file"), name);
    return dir;
  }

  private static List<String> names(Path dir) {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(p -> p.getFileName().toString())
          .filter(name -> !name.equals(".trash"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
