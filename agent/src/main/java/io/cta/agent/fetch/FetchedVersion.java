package io.cta.agent.fetch;

import io.cta.domain.ResolvedInput;

/**
 * What an input turned out to be.
 *
 * @param version commit or Maven version, or null
 * @param sha256 digest of a file, or null
 * @param branch that a git ref names, or null
 */
record FetchedVersion(String version, String sha256, String branch, String author, String subject) {
  /** Of a directory of this machine, which has no version, and of what nobody asked about. */
  static final FetchedVersion NONE = new FetchedVersion(null, null, null, null, null);

  static FetchedVersion file(String version, String sha256) {
    return new FetchedVersion(version, sha256, null, null, null);
  }

  ResolvedInput of(int input) {
    return new ResolvedInput(input, version, sha256, branch, author, subject);
  }
}
