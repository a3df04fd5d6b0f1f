package io.cta.agent.fetch;

import io.cta.domain.GitAddress;
import java.util.List;

/**
 * A checkout that is wanted: of a repository, or of a submodule within it.
 *
 * @param protocols transports that this machine allows
 * @param ref branch, tag or commit
 * @param depth commits of history, 0 for all
 * @param folder the only folder that is wanted, or null
 * @param level how many repositories this one is in
 */
record GitTree(
    GitAccess access,
    List<String> protocols,
    String ref,
    int depth,
    String folder,
    boolean submodules,
    boolean lfs,
    int level) {
  /** A submodule at the commit that this repository records. */
  GitTree submodule(GitAddress address, String commit) {
    return new GitTree(
        access.to(address), protocols, commit, depth == 0 ? 0 : 1, null, true, lfs, level + 1);
  }
}
