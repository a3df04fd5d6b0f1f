package io.cta.agent.fetch;

import io.cta.agent.workspace.DirectoryRemover;
import io.cta.disk.DiskFullDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches a repository and then its submodules, each through a mirror in the cache. */
final class GitTreeFetcher {
  private static final Logger log = LoggerFactory.getLogger(GitTreeFetcher.class);
  private static final Pattern ABBREVIATION = Pattern.compile("[0-9a-f]{4,39}");
  private static final int REPAIRS = 2;

  private final InputCache cache;
  private final FetchSettings settings;

  GitTreeFetcher(InputCache cache, FetchSettings settings) {
    this.cache = cache;
    this.settings = settings;
  }

  List<String> protocols() {
    return settings.gitProtocols();
  }

  /** Lays the tree down in an empty directory. */
  FetchedVersion fetch(GitTree tree, Path dir, FetchContext context)
      throws IOException, FetchFailed, InterruptedException {
    try (GitSession session = GitSession.open(tree.access(), settings, context.commands())) {
      GitCommand git = session.command();
      RemoteRef found = RemoteRef.isCommit(tree.ref()) ? null : ask(tree, session);
      String commit =
          cache.use(
              tree.access().cacheKey(),
              tree.access().toString(),
              at -> laidDown(tree, found, new GitMirror(git, at), git, dir));
      FetchedVersion version =
          context.describe() && tree.level() == 0
              ? version(commit, found, git, dir)
              : FetchedVersion.NONE;
      if (tree.submodules()) {
        for (GitSubmodules.Found one : new GitSubmodules(tree, git, dir).find(commit)) {
          submodule(one, context);
        }
      }
      return version;
    } catch (GitFailure e) {
      throw e.asFetchFailed();
    }
  }

  private void submodule(GitSubmodules.Found one, FetchContext context)
      throws IOException, FetchFailed, InterruptedException {
    try {
      fetch(one.tree(), one.dir(), context);
    } catch (FetchFailed e) {
      throw e.within("submodule " + one.name() + ": ");
    }
  }

  /** Asks the server what the ref is; null when it can only be the beginning of a commit's id. */
  private static RemoteRef ask(GitTree tree, GitSession session)
      throws IOException, GitFailure, FetchFailed, InterruptedException {
    RemoteRef found = session.find(tree.ref()).orElse(null);
    if (found == null && !ABBREVIATION.matcher(tree.ref()).matches()) {
      throw absent(tree);
    }
    return found;
  }

  /** Fetches and lays down; what looks like a broken mirror is made anew at the second failure. */
  private static String laidDown(
      GitTree tree, RemoteRef found, GitMirror mirror, GitCommand git, Path dir)
      throws IOException, FetchFailed, InterruptedException {
    for (int repairs = 0; ; repairs++) {
      try {
        return once(tree, found, mirror, git, dir);
      } catch (GitFailure e) {
        if (e.kind() == GitFailure.Kind.REFUSED) {
          throw absent(tree);
        }
        if (e.kind() != GitFailure.Kind.LOCAL || repairs == REPAIRS || DiskFullDetector.is(e)) {
          throw e.asFetchFailed();
        }
        log.warn(
            "a mirror is {} [address: {}, reason: {}]",
            repairs == 0 ? "used again" : "made anew",
            tree.access(),
            e.getMessage());
        if (repairs > 0) {
          mirror.delete();
        }
        DirectoryRemover.delete(dir);
        Files.createDirectory(dir);
      }
    }
  }

  private static String once(
      GitTree tree, RemoteRef found, GitMirror mirror, GitCommand git, Path dir)
      throws IOException, GitFailure, FetchFailed, InterruptedException {
    int digits = found == null ? tree.ref().length() : found.commit().length();
    mirror.open(digits > 40);
    String commit =
        found != null
            ? found.commit()
            : RemoteRef.isCommit(tree.ref()) ? tree.ref() : mirror.expand(tree.ref());
    if (commit == null) {
      throw absent(tree);
    }
    mirror.fetch(commit, found == null ? null : found.name(), tree.depth());
    GitCommand local = git.local();
    GitCheckout checkout = new GitCheckout(local, dir);
    checkout.layDown(mirror, commit, tree.depth(), tree.folder());
    if (tree.folder() != null) {
      checkout.folder(tree.folder(), commit);
    }
    if (tree.lfs()) {
      largeFiles(tree, mirror, git, dir);
    }
    return commit;
  }

  private static void largeFiles(GitTree tree, GitMirror mirror, GitCommand git, Path dir)
      throws IOException, FetchFailed, InterruptedException {
    try {
      new LargeFiles(git, dir).fetch(mirror.largeFiles(), tree.folder());
    } catch (GitFailure e) {
      throw e.asFetchFailed(); // no fault of the mirror
    }
  }

  private static FetchedVersion version(String commit, RemoteRef found, GitCommand git, Path dir)
      throws IOException, GitFailure, InterruptedException {
    String[] about = git.run(dir, "log", "-1", "--format=%an%n%s", commit).strip().split("\n", 2);
    return new FetchedVersion(
        commit,
        null,
        found == null ? null : found.branch(),
        about[0],
        about.length > 1 ? about[1].strip() : null);
  }

  private static FetchFailed absent(GitTree tree) {
    return new FetchFailed("there is no " + tree.ref() + " in " + tree.access());
  }
}
