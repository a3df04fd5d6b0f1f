package io.cta.agent.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which processes of a tree are found while it changes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProcessTreeTest {
  private static final int TIMES = 100;

  @Test
  void aParentThatForksAndEndsDuringAScanDoesNotHideItsChild() throws IOException {
    for (int i = 0; i < TIMES; i++) {
      Process process =
          new ProcessBuilder(SessionLauncher.lead(List.of("sh", "-c", "sleep 60 &")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      ProcessTree tree = ProcessTree.of(process.pid(), new ProcessOwner("tree-" + i, 1));
      while (process.isAlive()) {
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
      ProcessTree tree = ProcessTree.of(process.pid(), new ProcessOwner("starting", 1));
      assertTrue(tree.alive());
      tree.kill();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertFalse(tree.alive());
    } finally {
      process.destroyForcibly();
    }
  }
}
