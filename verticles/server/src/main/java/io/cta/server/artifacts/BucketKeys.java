package io.cta.server.artifacts;

import java.util.Optional;

/**
 * The keys of objects below a prefix. A content has its digest, below the first two digits of it;
 * the mark of a removal has the digest and an id of its own, below {@code leaving/}. Pure.
 *
 * @param prefix empty, or ends with a slash
 */
record BucketKeys(String prefix) {
  /** Number of parts of all contents. */
  static final int PARTS = 256;

  String content(String sha256) {
    return prefix + sha256.substring(0, 2) + "/" + sha256;
  }

  /** The digest of the content with that key; empty when it is no content. */
  Optional<String> digest(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return name.matches("[0-9a-f]{64}") && key.equals(content(name))
        ? Optional.of(name)
        : Optional.empty();
  }

  /** What all contents of a part begin with. */
  String part(int number) {
    return prefix + "%02x/".formatted(number);
  }

  /** What all marks begin with. */
  String marks() {
    return prefix + "leaving/";
  }

  /** What the marks of a content begin with. */
  String marks(String sha256) {
    return marks() + sha256 + ".";
  }
}
