package io.cta.agent.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is found of a process's tree while it changes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TreeTest {
  private static final int TIMES = 100;

  @TempDir Path dir;

  @Test
  void aParentThatForksAndEndsWhileOneLooksDoesNotHideItsChild() throws IOException {
    for (int i = 0; i < TIMES; i++) {
      GroupedProcess process =
          GroupedProcess.start(
              List.of("sh", "-c", "sleep 60 &"), dir, Map.of(), new Owner("tree-" + i, 1));
      Tree tree = process.tree();
      while (!process.exit().isDone()) {
        assertTrue(tree.alive(), "round " + i);
      }
      assertTrue(tree.alive(), "round " + i);
      tree.kill();
      assertFalse(tree.alive(), "round " + i);
    }
  }

  /** As it is for a moment after every start: no session of its own, and not its environment. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aLeaderThatHasNoSessionYetIsFoundAndKilled() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      Tree tree = Tree.of(process.pid(), new Owner("starting", 1));
      assertTrue(tree.alive());
      tree.kill();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertFalse(tree.alive());
    } finally {
      process.destroyForcibly();
    }
  }
}
