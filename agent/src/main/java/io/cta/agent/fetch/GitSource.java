package io.cta.agent.fetch;

import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Fetches Git repositories: updates a mirror in the cache, and clones from it. */
final class GitSource implements InputSource {
  private static final String BRANCHES = "refs/heads/";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private final InputCache cache;

  GitSource(InputCache cache) {
    this.cache = cache;
  }

  @Override
  public FetchedVersion fetch(Repository input, Path to, boolean describe, CommandRunner commands)
      throws FetchFailed, InterruptedException {
    String url = InputSource.required("git", "url", input.url());
    String ref = input.ref() == null ? "HEAD" : input.ref();
    if (url.startsWith("-") || ref.startsWith("-")) {
      throw new FetchFailed("\"url\" and \"ref\" of a git input cannot begin with -");
    }
    return cache.use(
        "git " + url,
        dir -> {
          Path mirror = dir.resolve("mirror.git");
          update(mirror, url, ref, commands);
          String commit = commit(mirror, url, ref, commands);
          git(commands, to, "init", "-q");
          git(commands, to, "fetch", "-q", mirror.toString(), "+refs/*:refs/remotes/origin/*");
          git(commands, to, "checkout", "-q", "--detach", commit);
          if (!commit.equals(output(commands, to, "rev-parse", "HEAD"))) {
            throw new FetchFailed("the checkout of " + url + " is not at commit " + commit);
          }
          return describe ? version(mirror, commit, ref, commands) : FetchedVersion.NONE;
        });
  }

  private static FetchedVersion version(
      Path mirror, String commit, String ref, CommandRunner commands)
      throws IOException, FetchFailed, InterruptedException {
    String[] about =
        output(commands, mirror, "log", "-1", "--format=%an%n%s", commit).split("\n", 2);
    return new FetchedVersion(
        commit,
        null,
        branch(mirror, ref, commands),
        about[0],
        about.length > 1 ? about[1].strip() : null);
  }

  /** The branch that a ref names, or null. */
  private static String branch(Path mirror, String ref, CommandRunner commands)
      throws IOException, InterruptedException {
    List<String> ask = List.of("git", "rev-parse", "--symbolic-full-name", ref);
    CommandRunner.CommandOutcome answer = commands.run(ask, mirror);
    String name = answer.output().strip();
    return answer.exit() == 0 && name.startsWith(BRANCHES)
        ? name.substring(BRANCHES.length())
        : null;
  }

  private static String output(CommandRunner commands, Path cwd, String... arguments)
      throws IOException, FetchFailed, InterruptedException {
    return git(commands, cwd, arguments).output().strip();
  }

  private static void update(Path mirror, String url, String ref, CommandRunner commands)
      throws IOException, FetchFailed, InterruptedException {
    if (!Files.exists(mirror.resolve("cloned"))) {
      io.cta.agent.workspace.DirectoryRemover.delete(mirror);
      Path dir = mirror.getParent();
      git(commands, dir, "clone", "-q", "--mirror", "--", url, mirror.toString());
      Files.createFile(mirror.resolve("cloned"));
    } else if (!COMMIT.matcher(ref).matches() || !knows(mirror, ref, commands)) {
      git(commands, mirror, "remote", "update", "--prune");
    }
  }

  private static boolean knows(Path mirror, String commit, CommandRunner commands)
      throws IOException, InterruptedException {
    List<String> ask = List.of("git", "cat-file", "-e", commit + "^{commit}");
    return commands.run(ask, mirror).exit() == 0;
  }

  private static String commit(Path mirror, String url, String ref, CommandRunner commands)
      throws IOException, FetchFailed, InterruptedException {
    CommandRunner.CommandOutcome commandOutcome =
        commands.run(List.of("git", "rev-parse", "-q", "--verify", ref + "^{commit}"), mirror);
    if (commandOutcome.exit() != 0) {
      throw new FetchFailed("there is no " + ref + " in " + url);
    }
    return commandOutcome.output().strip();
  }

  private static CommandRunner.CommandOutcome git(
      CommandRunner commands, Path cwd, String... arguments)
      throws IOException, FetchFailed, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    CommandRunner.CommandOutcome commandOutcome = commands.run(command, cwd);
    if (commandOutcome.exit() != 0) {
      throw FetchFailed.retryable(
          "git " + arguments[0] + " failed: " + commandOutcome.output().strip());
    }
    return commandOutcome;
  }
}
