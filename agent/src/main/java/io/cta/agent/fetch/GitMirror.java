package io.cta.agent.fetch;

import io.cta.agent.workspace.DirectoryRemover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bare repository in the cache with what was fetched from one address. It begins with single
 * commits and gets all of the history only where a server or an input asks for it. Used by one
 * thread, under the lock of its directory.
 */
final class GitMirror {
  private static final int STEP = 50;
  private static final int MAX_PACKS = 50;
  private static final String BRANCHES = "+refs/heads/*:refs/heads/*";
  private static final String TAGS = "+refs/tags/*:refs/tags/*";
  private static final String EVERYTHING = "+refs/*:refs/all/*";

  private final GitCommand git;
  private final Path dir;
  private final Path repository;
  private final String url;

  GitMirror(GitCommand git, Path dir) {
    this.git = git;
    this.dir = dir;
    this.repository = dir.resolve("mirror.git");
    this.url = git.access().address().text();
  }

  Path path() {
    return repository;
  }

  /** Where files of LFS are kept. */
  Path largeFiles() {
    return dir.resolve("lfs");
  }

  /**
   * Makes it usable: what a killed git left is removed, as nobody else uses it now.
   *
   * @param sha256 whether commits have 64 digits
   */
  void open(boolean sha256) throws IOException, GitFailure, InterruptedException {
    if (Files.exists(made())) {
      GitLeftovers.remove(repository);
      if (packs() > MAX_PACKS) {
        tidy();
      }
    }
    if (!Files.exists(made())) {
      delete();
      git.init(repository, true, sha256);
      git.run(repository, "config", "uploadpack.allowAnySHA1InWant", "true");
      Files.createFile(made());
    }
  }

  /** Removes all of it, so that it is made anew. */
  void delete() throws IOException {
    Files.deleteIfExists(made());
    Files.deleteIfExists(complete());
    Files.deleteIfExists(deep());
    DirectoryRemover.delete(repository);
  }

  /**
   * Fetches a commit, unless it is here.
   *
   * @param ref where it was found, or null when only the commit is known
   * @param depth commits of history, 0 for all
   */
  void fetch(String commit, String ref, int depth)
      throws IOException, GitFailure, InterruptedException {
    if (depth == 0 || Files.exists(complete())) {
      fetchComplete(commit);
      return;
    }
    if (isFetched(commit, depth)) {
      return;
    }
    Files.deleteIfExists(deep()); // what follows may shorten what is here
    boolean alone =
        attempt("--no-tags", "--depth=" + depth, url, "+" + commit + ":" + mark(commit));
    int step = Math.max(STEP, depth);
    String wider = ref == null ? BRANCHES : "+" + ref + ":refs/cta/ref";
    boolean found =
        alone || attempt("--no-tags", "--depth=" + step, url, wider) && has(commit) && depth == 1;
    if (!found) {
      fetchComplete(commit);
      return;
    }
    git.run(repository, "update-ref", mark(commit), commit);
    if (depth > 1) {
      Files.writeString(deep(), commit + " " + depth);
    }
  }

  /** The commit that a beginning of its id names; fetches all of the history. */
  String expand(String abbreviation) throws IOException, GitFailure, InterruptedException {
    String ask = abbreviation + "^{commit}";
    if (!Files.exists(complete())
        || !git.succeeds(repository, "rev-parse", "-q", "--verify", ask)) {
      fetchBranches();
    }
    return git.succeeds(repository, "rev-parse", "-q", "--verify", ask)
        ? git.run(repository, "rev-parse", "-q", "--verify", ask).strip()
        : null;
  }

  private void fetchComplete(String commit) throws IOException, GitFailure, InterruptedException {
    if (Files.exists(complete()) && has(commit)) {
      return;
    }
    fetchBranches();
    if (!has(commit) && !attempt("--update-shallow", url, commit)) {
      attempt("--update-shallow", url, EVERYTHING);
    }
    if (!has(commit)) {
      throw new GitFailure(GitFailure.Kind.REFUSED, "fetch", "there is no " + commit);
    }
  }

  private void fetchBranches() throws IOException, GitFailure, InterruptedException {
    boolean shallow = Files.exists(repository.resolve("shallow"));
    List<String> arguments = new ArrayList<>(List.of("--prune", "--update-shallow"));
    if (shallow) {
      arguments.add("--unshallow");
    }
    arguments.addAll(List.of(url, BRANCHES, TAGS));
    fetch(arguments);
    if (!Files.exists(complete())) {
      Files.createFile(complete());
    }
  }

  /** Fetches; false when the server does not give that. */
  private boolean attempt(String... arguments)
      throws IOException, GitFailure, InterruptedException {
    try {
      fetch(List.of(arguments));
      return true;
    } catch (GitFailure e) {
      if (e.kind() == GitFailure.Kind.REFUSED) {
        return false;
      }
      throw e;
    }
  }

  private void fetch(List<String> arguments) throws IOException, GitFailure, InterruptedException {
    List<String> command = new ArrayList<>(List.of("fetch", "-q", "--no-recurse-submodules"));
    command.addAll(git.localOptions());
    command.addAll(arguments);
    git.run(repository, command);
  }

  /** By the mark alone: commits that a shallow fetch brought along may be less deep. */
  private boolean isFetched(String commit, int depth) throws IOException, InterruptedException {
    boolean marked =
        git.succeeds(repository, "rev-parse", "-q", "--verify", mark(commit) + "^{commit}");
    return marked
        && (depth == 1
            || Files.exists(deep()) && Files.readString(deep()).equals(commit + " " + depth));
  }

  private boolean has(String commit) throws IOException, InterruptedException {
    return git.succeeds(repository, "cat-file", "-e", commit + "^{commit}");
  }

  private static String mark(String commit) {
    return "refs/cta/commits/" + commit;
  }

  /** Single commits are cheap to fetch again; of a whole history the packs are made one. */
  private void tidy() throws IOException, GitFailure, InterruptedException {
    if (Files.exists(complete())) {
      git.run(repository, "gc", "--quiet", "--prune=now");
    } else {
      delete();
    }
  }

  private long packs() throws IOException {
    Path dir = repository.resolve("objects/pack");
    if (!Files.isDirectory(dir)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.toString().endsWith(".pack")).count();
    }
  }

  private Path made() {
    return dir.resolve("made");
  }

  /** Exists when all of the history is here. */
  private Path complete() {
    return dir.resolve("complete");
  }

  /** Holds the last commit that was fetched with more than itself, and how much. */
  private Path deep() {
    return dir.resolve("deep");
  }
}
