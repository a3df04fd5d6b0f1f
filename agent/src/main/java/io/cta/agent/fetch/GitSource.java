package io.cta.agent.fetch;

import io.cta.domain.GitAddress;
import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fetches Git repositories by the machine's own git: into a mirror in the cache, from there into
 * the workspace, and then the same for each submodule.
 */
final class GitSource implements InputSource {
  private final GitVersion version = new GitVersion();
  private final GitTreeFetcher trees;

  GitSource(InputCache cache, FetchSettings settings) {
    this.trees = new GitTreeFetcher(cache, settings);
  }

  @Override
  public FetchedVersion fetch(Repository input, Path into, FetchContext context)
      throws FetchFailed, InterruptedException {
    String url = InputSource.required("git", "url", input.url());
    GitAddress address =
        GitAddress.parse(url)
            .orElseThrow(() -> new FetchFailed("\"url\" of a git input " + GitAddress.RULE));
    GitTree tree =
        new GitTree(
            GitAccess.of(input, address, context.secrets()),
            trees.protocols(),
            ref(input.ref()),
            input.depth() == null ? 1 : input.depth(),
            input.folder(),
            !Boolean.FALSE.equals(input.submodules()),
            !Boolean.FALSE.equals(input.lfs()),
            0);
    try {
      version.require(context.commands(), context.workspace());
      if (input.folder() == null) {
        return trees.fetch(tree, into, context);
      }
      try (StagingDirectory whole = StagingDirectory.in(context.workspace())) {
        FetchedVersion fetched = trees.fetch(tree, whole.path(), context);
        whole.moveInto(input.folder(), into);
        return fetched;
      }
    } catch (IOException e) {
      throw new FetchFailed("cannot fetch " + address, e);
    }
  }

  private static String ref(String ref) {
    if (ref == null) {
      return "HEAD";
    }
    String lower = ref.toLowerCase(Locale.ROOT);
    return RemoteRef.isCommit(lower) ? lower : ref;
  }

  /** Moving changes times that git compares; it looks again, so that nothing seems changed. */
  @Override
  public void placed(Path place, FetchContext context) throws FetchFailed, InterruptedException {
    if (!Files.isDirectory(place.resolve(".git"))) {
      return;
    }
    try {
      context.commands().run(List.of("git", "update-index", "-q", "--refresh"), place, Map.of());
    } catch (IOException e) {
      throw new FetchFailed("cannot refresh " + place, e);
    }
  }
}
