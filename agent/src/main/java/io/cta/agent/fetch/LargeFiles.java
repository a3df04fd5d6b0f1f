package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fetches the files of a checkout that Git LFS keeps elsewhere, with the same secrets. */
final class LargeFiles {
  private final GitCommand git;
  private final Path dir;

  LargeFiles(GitCommand git, Path dir) {
    this.git = git;
    this.dir = dir;
  }

  /**
   * Replaces pointers by files, when there are pointers.
   *
   * @param store where the files are kept for the next time
   * @param folder the only folder of the checkout that is wanted, or null
   * @throws FetchFailed when this machine has no git-lfs
   */
  void fetch(Path store, String folder)
      throws IOException, GitFailure, FetchFailed, InterruptedException {
    String below = folder == null ? "" : folder;
    String files = git.run(dir, "ls-files", "-z", "--", ":(top,attr:filter=lfs)" + below);
    if (files.isEmpty()) {
      return;
    }
    if (!git.succeeds(dir, "lfs", "version")) {
      throw FetchFailed.ofMachine(
          git.access()
              + " has files of Git LFS and needs git-lfs, which this machine does not have;"
              + " \"lfs: false\" takes the pointers instead");
    }
    // written into the checkout's own configuration: without it git takes the files for changed
    git.run(dir, "lfs", "install", "--local", "--skip-repo");
    List<String> pull = new ArrayList<>(settings(store));
    pull.addAll(List.of("lfs", "pull"));
    if (folder != null) {
      pull.add("--include=" + folder);
    }
    pull.add("origin");
    git.run(dir, pull);
  }

  /** The settings that LFS itself needs; the filters have been switched off for the checkout. */
  private List<String> settings(Path store) {
    List<String> out =
        new ArrayList<>(
            List.of(
                "-c", "filter.lfs.smudge=git-lfs smudge -- %f",
                "-c", "filter.lfs.process=git-lfs filter-process",
                "-c", "filter.lfs.clean=git-lfs clean -- %f",
                "-c", "filter.lfs.required=true"));
    String url = git.access().address().text();
    if (!git.access().address().scheme().equals("file")) {
      out.addAll(List.of("-c", "lfs.storage=" + store)); // else the other side would use it, too
    } else if (url.startsWith("/")) {
      out.addAll(List.of("-c", "lfs.url=file://" + url));
    }
    return out;
  }
}
