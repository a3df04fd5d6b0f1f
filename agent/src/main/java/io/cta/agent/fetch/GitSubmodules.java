package io.cta.agent.fetch;

import io.cta.domain.GitAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the submodules of a checkout, and the commit of each. Their addresses come from the author
 * of the repository, not of the suite: they may be of https, of ssh and of the repository's own
 * transport, where that is allowed.
 */
final class GitSubmodules {
  private static final int MAX_LEVEL = 10;
  private static final List<String> ENCRYPTED = List.of("https", "ssh");
  private static final Pattern LINK =
      Pattern.compile("160000 commit ([0-9a-f]{40}|[0-9a-f]{64})\t(.+)", Pattern.DOTALL);

  /**
   * A submodule that is to be fetched.
   *
   * @param dir where it belongs; its parents are no links
   */
  record Found(GitTree tree, Path dir, String name) {}

  private final GitTree tree;
  private final GitCommand git;
  private final Path dir;

  GitSubmodules(GitTree tree, GitCommand git, Path dir) {
    this.tree = tree;
    this.git = git;
    this.dir = dir;
  }

  List<Found> find(String commit)
      throws IOException, GitFailure, FetchFailed, InterruptedException {
    String blob = commit + ":.gitmodules";
    if (!git.succeeds(dir, "cat-file", "-e", blob)) {
      return List.of();
    }
    List<Found> out = new ArrayList<>();
    for (GitModules.Module module :
        GitModules.parse(git.run(dir, "config", "--blob", blob, "--list", "-z"))) {
      String recorded = isWanted(module) ? recorded(commit, module) : null;
      if (recorded != null) {
        out.add(found(module, recorded));
      }
    }
    return out;
  }

  private Found found(GitModules.Module module, String commit)
      throws IOException, GitFailure, FetchFailed, InterruptedException {
    if (tree.level() >= MAX_LEVEL) {
      throw new FetchFailed(
          "submodules of " + tree.access() + " are more than " + MAX_LEVEL + " deep");
    }
    GitAddress address =
        SubmoduleUrl.resolve(tree.access().address().text(), module.url())
            .flatMap(GitAddress::parse)
            .orElseThrow(
                () ->
                    new FetchFailed(
                        "the submodule \""
                            + module.name()
                            + "\" is refused for its url: "
                            + module.url()));
    boolean allowed =
        ENCRYPTED.contains(address.scheme())
            || address.scheme().equals(tree.access().address().scheme());
    if (!allowed) {
      throw new FetchFailed(
          "the submodule \""
              + module.name()
              + "\" is refused: a repository of "
              + tree.access().address().scheme()
              + " may have submodules of https, ssh and its own, not of "
              + address.scheme());
    }
    Path place = TargetPaths.inside(dir, module.path(), "a submodule");
    TargetPaths.withoutLinks(dir, place, "the path of a submodule");
    git.run(dir, "config", "submodule." + module.name() + ".url", address.text());
    return new Found(tree.submodule(address, commit), place, module.name());
  }

  private boolean isWanted(GitModules.Module module) {
    String folder = tree.folder() == null ? "" : tree.folder().replaceAll("^(\\./)+|/+$", "");
    return folder.isEmpty() || folder.equals(".") || (module.path() + "/").startsWith(folder + "/");
  }

  /** The commit that the repository records for the path; null when it is no submodule there. */
  private String recorded(String commit, GitModules.Module module)
      throws IOException, GitFailure, InterruptedException {
    for (String entry : git.run(dir, "ls-tree", "-z", commit, "--", module.path()).split("\0")) {
      Matcher m = LINK.matcher(entry);
      if (m.find() && m.group(2).equals(module.path())) {
        return m.group(1);
      }
    }
    return null;
  }
}
