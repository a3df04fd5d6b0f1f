package io.cta.agent.push;

import io.cta.agent.fetch.GitFailure;
import io.cta.agent.fetch.GitSession;
import io.cta.agent.http.StopCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A branch elsewhere, and a bare repository here in which commits upon it are made. There is no
 * working tree, so that nothing of the branch but its directories has to be fetched, and no
 * attribute of it changes a file.
 */
final class GitBranch {
  private static final String BASE = "refs/cta/base";
  private static final int FILES_AT_ONCE = 100;

  private final GitSession git;
  private final Path repository;
  private final String branch;
  private final Map<String, String> blobs = new LinkedHashMap<>();

  /**
   * @param repository an empty directory for it
   * @param name of the branch
   */
  GitBranch(GitSession git, Path repository, String name) {
    this.git = git;
    this.repository = repository;
    this.branch = "refs/heads/" + name;
  }

  /** The newest commit of the branch, or null when there is no such branch. */
  String newest() throws IOException, GitFailure, InterruptedException {
    String there = git.newest(branch);
    if (!Files.exists(repository.resolve("HEAD"))) {
      git.make(repository, there != null && there.length() > 40);
    }
    if (there == null) {
      return null;
    }
    List<String> fetch = new ArrayList<>(List.of("fetch", "-q", "--no-tags", "--depth=1"));
    fetch.addAll(git.readOptions());
    fetch.addAll(List.of("--filter=blob:none", "origin", "+" + branch + ":" + BASE));
    git.run(repository, fetch);
    return id(List.of("rev-parse", BASE));
  }

  /** Takes contents in that are not here yet; they get their ids. */
  void store(Map<String, Path> files, StopCheck stop)
      throws IOException, GitFailure, InterruptedException {
    List<String> names = files.keySet().stream().filter(name -> !blobs.containsKey(name)).toList();
    for (int from = 0; from < names.size(); from += FILES_AT_ONCE) {
      stop.check();
      List<String> some = names.subList(from, Math.min(names.size(), from + FILES_AT_ONCE));
      List<String> hash = new ArrayList<>(List.of("hash-object", "-w", "--no-filters", "--"));
      some.forEach(name -> hash.add(files.get(name).toAbsolutePath().toString()));
      List<String> ids = git.ids(repository, hash);
      for (int i = 0; i < some.size(); i++) {
        blobs.put(some.get(i), ids.get(i));
      }
    }
  }

  /** The tree of a commit with the files in it. */
  String tree(String base) throws IOException, GitFailure, InterruptedException {
    git.run(repository, "read-tree", base == null ? "--empty" : base);
    StringBuilder entries = new StringBuilder();
    blobs.forEach((name, blob) -> entries.append("100644 " + blob + "\t" + name + "\0"));
    // not as arguments: the language of the machine may lack letters of a name
    Path input = Files.writeString(repository.resolve("entries"), entries);
    git.run(repository, List.of("update-index", "-z", "--index-info"), input);
    return id(List.of("write-tree", "--missing-ok"));
  }

  /** How many files a tree has that the base does not have, or has otherwise. */
  int changed(String base, String tree) throws IOException, GitFailure, InterruptedException {
    String[] diff = {"diff-tree", "-r", "--name-status", "--no-renames", base + "^{tree}", tree};
    List<String> changes = git.run(repository, diff).lines().toList();
    for (String change : changes) {
      if (change.startsWith("D\t")) {
        throw new PushFailed(change.substring(2) + " of the branch is in the way", false);
      }
    }
    return changes.size();
  }

  String commit(String base, String tree, String title)
      throws IOException, GitFailure, InterruptedException {
    List<String> commit = new ArrayList<>();
    if (!git.succeeds(repository, "config", "user.email")) {
      commit.addAll(List.of("-c", "user.name=CTA", "-c", "user.email=cta@localhost"));
    }
    commit.addAll(List.of("commit-tree", tree, "-m", title));
    if (base != null) {
      commit.addAll(List.of("-p", base));
    }
    return id(commit);
  }

  /** Without deltas to files of the branch, as those are not here. */
  void send(String commit) throws IOException, GitFailure, InterruptedException {
    List<String> push = new ArrayList<>(List.of("push", "-q", "--no-thin"));
    push.addAll(git.writeOptions());
    push.addAll(List.of("origin", commit + ":" + branch));
    git.run(repository, push);
  }

  private String id(List<String> arguments) throws IOException, GitFailure, InterruptedException {
    List<String> ids = git.ids(repository, arguments);
    if (ids.size() != 1) {
      throw new PushFailed("git answered with " + ids.size() + " ids: " + arguments.get(0), false);
    }
    return ids.get(0);
  }
}
