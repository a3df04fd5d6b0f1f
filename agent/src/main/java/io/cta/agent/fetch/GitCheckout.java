package io.cta.agent.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lays a commit down in an empty directory, from a mirror and without the network. */
final class GitCheckout {
  private static final String UPLOAD_PACK =
      "--upload-pack=git -c 'safe.directory=*' -c uploadpack.allowAnySHA1InWant=true upload-pack";

  private final GitCommand git;
  private final Path dir;

  GitCheckout(GitCommand git, Path dir) {
    this.git = git;
    this.dir = dir;
  }

  /**
   * @param depth commits of history, 0 for all
   * @param folder the only folder that is laid down, or null
   */
  void layDown(GitMirror mirror, String commit, int depth, String folder)
      throws IOException, GitFailure, FetchFailed, InterruptedException {
    git.init(dir, false, commit.length() > 40);
    git.run(dir, "remote", "add", "origin", git.access().address().text());
    List<String> fetch =
        new ArrayList<>(List.of("fetch", "-q", "--no-recurse-submodules", UPLOAD_PACK));
    if (depth > 0) {
      fetch.addAll(List.of("--no-tags", "--depth=" + depth, mirror.path().toString(), commit));
    } else {
      fetch.addAll(
          List.of(
              "--update-shallow",
              mirror.path().toString(),
              commit,
              "+refs/heads/*:refs/remotes/origin/*",
              "+refs/tags/*:refs/tags/*"));
    }
    git.run(dir, fetch);
    Files.deleteIfExists(dir.resolve(".git/FETCH_HEAD")); // it names the mirror
    if (folder != null) {
      limitTo(folder);
    }
    git.run(dir, "checkout", "-q", "--detach", commit);
    String head = git.run(dir, "rev-parse", "HEAD").strip();
    if (!commit.equals(head)) {
      throw new FetchFailed(
          "the checkout of " + git.access() + " is at " + head + ", not at commit " + commit);
    }
  }

  /** The directory of a folder in the checkout; no part of it may be a link. */
  Path folder(String folder, String commit) throws FetchFailed {
    Path step = dir;
    for (String part : GitFolder.parts(folder)) {
      step = step.resolve(part);
      if (!Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
        throw new FetchFailed(
            "there is no folder " + folder + " in " + git.access() + " at commit " + commit);
      }
    }
    return step;
  }

  /** By a pattern as in gitignore(5). */
  private void limitTo(String folder) throws IOException, GitFailure, InterruptedException {
    git.run(dir, "config", "core.sparseCheckout", "true");
    git.run(dir, "config", "core.sparseCheckoutCone", "false");
    StringBuilder pattern = new StringBuilder();
    for (String part : GitFolder.parts(folder)) {
      pattern.append('/').append(part.replaceAll("[\\\\*?\\[\\] !#]", "\\\\$0"));
    }
    Path info = Files.createDirectories(dir.resolve(".git/info"));
    Files.write(
        info.resolve("sparse-checkout"), (pattern + "/\n").getBytes(StandardCharsets.UTF_8));
  }
}
