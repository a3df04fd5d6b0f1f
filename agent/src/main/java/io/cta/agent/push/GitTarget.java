package io.cta.agent.push;

import io.cta.agent.fetch.GitFailure;
import io.cta.agent.fetch.GitSession;
import io.cta.agent.http.StopCheck;
import io.cta.agent.workspace.DirectoryRemover;
import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Adds all files to a branch, in one commit upon the branch's newest. Never replaces what others
 * pushed: who comes second builds upon who came first.
 */
final class GitTarget implements OutputTarget {
  private static final int MAX_RACES = 50;
  private static final int FIRST_PAUSE_MILLIS = 100;
  private static final int LONGEST_PAUSE_MILLIS = 3_000;

  /** What git says when the branch has moved since it was fetched. */
  private static final List<String> MOVED =
      List.of(
          "(fetch first)",
          "(non-fast-forward)",
          "(stale info)",
          "cannot lock ref",
          "reference already exists",
          "failed to update ref",
          "incorrect old value provided");

  private final GitSession git;
  private final Path repository;
  private final GitBranch branch;
  private final String folder;
  private final String title;
  private final StopCheck stop;
  private final Map<String, Path> files = new LinkedHashMap<>();

  private GitTarget(
      GitSession git, Path repository, Repository output, String title, StopCheck stop) {
    this.git = git;
    this.repository = repository;
    this.branch = new GitBranch(git, repository, output.ref());
    this.folder = GitFileNames.folder(output.folder());
    this.title = title;
    this.stop = stop;
  }

  /**
   * @param session is closed with the target
   * @param dir directory for a repository of its own
   * @param title of the commit
   */
  static GitTarget open(
      GitSession session, Repository output, Path dir, String title, StopCheck stop)
      throws IOException {
    try {
      return new GitTarget(session, Files.createTempDirectory(dir, "git-"), output, title, stop);
    } catch (IOException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public boolean push(PushFile file) {
    files.put(folder + GitFileNames.of(file.name()), file.content());
    return true;
  }

  @Override
  public int finish() throws IOException, InterruptedException {
    try {
      return pushed();
    } catch (GitFailure e) {
      throw new PushFailed(e.getMessage(), e.kind() == GitFailure.Kind.REMOTE);
    } catch (InterruptedException e) {
      stop.check(); // which says it better
      throw e;
    }
  }

  private int pushed() throws IOException, GitFailure, InterruptedException {
    for (int races = 0; ; races++) {
      stop.check();
      String base = branch.newest();
      branch.store(files, stop);
      String tree = branch.tree(base);
      int fresh = base == null ? files.size() : branch.changed(base, tree);
      if (fresh == 0) {
        return files.size();
      }
      try {
        branch.send(branch.commit(base, tree, title));
        return files.size() - fresh;
      } catch (GitFailure e) {
        if (races == MAX_RACES || MOVED.stream().noneMatch(e.getMessage()::contains)) {
          throw e;
        }
      }
      pause(races);
    }
  }

  /** Waits for some time, a different one on each machine, so that not all come again at once. */
  private static void pause(int races) throws InterruptedException {
    long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * (races + 1L));
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(most));
  }

  @Override
  public void close() throws IOException {
    git.close();
    DirectoryRemover.delete(repository);
  }
}
