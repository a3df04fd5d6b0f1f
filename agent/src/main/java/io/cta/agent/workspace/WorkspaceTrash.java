package io.cta.agent.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes directories that nobody needs: renames them aside, which takes no time, and deletes them
 * on one background thread, which rests now and then while the disk has room. Only for threads that
 * may block.
 */
final class WorkspaceTrash {
  private static final Logger log = LoggerFactory.getLogger(WorkspaceTrash.class);
  private static final String DIR = ".trash";

  private final Path dir;
  private final AtomicLong names = new AtomicLong();
  private final Set<Path> stuck = new HashSet<>();
  private final Executor deleter = deleter();
  private volatile boolean hurried;

  /**
   * @param root where the directories are: renaming works within a disk only
   */
  WorkspaceTrash(Path root) {
    dir = root.resolve(DIR);
  }

  /** Whether the path is the trash itself. */
  static boolean isTrash(Path path) {
    return path.getFileName().toString().equals(DIR);
  }

  /**
   * Moves a directory to the trash, or deletes it when that fails; a missing one is fine.
   *
   * @throws IOException when the directory can be neither moved nor deleted
   */
  void take(Path tree) throws IOException {
    if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!renamed(tree)) {
      DirectoryRemover.delete(tree);
      if (Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("cannot be removed: " + tree);
      }
    }
    empty();
  }

  /** Starts to delete what is there. */
  void empty() {
    deleter.execute(this::deleteAll);
  }

  /** Lets the deleting thread rest no more, or again. */
  void hurry(boolean now) {
    hurried = now;
  }

  private boolean renamed(Path tree) throws IOException {
    String name =
        tree.getFileName() + "." + ProcessHandle.current().pid() + "-" + names.incrementAndGet();
    try {
      Files.createDirectories(dir);
      if (Files.isDirectory(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        // moving a directory writes to it, which its test may have forbidden
        DirectoryRemover.makeWritable(tree);
      }
      Files.move(tree, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      log.debug("not renamed aside [dir: {}]", tree, e);
      return false;
    }
  }

  private void deleteAll() {
    try {
      for (Path tree : waiting()) {
        DirectoryRemover.delete(tree, () -> hurried);
        if (Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
          stuck.add(tree); // logged already; the next start tries again
        }
      }
    } catch (IOException | RuntimeException e) {
      log.warn("old workspaces are not removed [dir: {}]", dir, e);
    }
  }

  private List<Path> waiting() throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> trees = Files.list(dir)) {
      return trees.filter(tree -> !stuck.contains(tree)).toList();
    }
  }

  /** One run at work and one that waits see all there is, so that a third is dropped. */
  private static Executor deleter() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            work -> {
              Thread thread = new Thread(work, "cta-delete");
              thread.setDaemon(true);
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    one.allowCoreThreadTimeOut(true);
    return one;
  }
}
