package io.cta.server.security;

import io.cta.domain.AccessToken;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the secret of an agent's token. A new secret is offered; its first use makes it current
 * and the old one dead. Until then both are valid, so that a lost answer or a crashed agent locks
 * nobody out. Pure.
 */
final class SecretRotation {
  /** The state of a secret of a token. */
  enum SecretState {
    CURRENT,
    /** Offered and not used yet. */
    NEXT,
    /** Was valid before. */
    DEAD,
    UNKNOWN
  }

  /** Most secrets offered and not used: each went into a lost answer or to a copy. */
  static final int MAX_NEXT = 5;

  static final int MAX_RETIRED = 200;

  /** Characters kept of a dead secret's digest: enough to recognise it, useless to log in with. */
  private static final int PREFIX_CHARS = 16;

  private SecretRotation() {}

  static SecretState of(AccessToken token, String digest) {
    if (TokenText.same(token.hash(), digest)) {
      return SecretState.CURRENT;
    }
    if (token.nextHashes().stream().anyMatch(next -> TokenText.same(next, digest))) {
      return SecretState.NEXT;
    }
    return token.retired().contains(prefix(digest)) ? SecretState.DEAD : SecretState.UNKNOWN;
  }

  /** The token after offering a new secret; if too many are offered, the oldest dies. */
  static AccessToken offered(AccessToken token, String digest) {
    List<String> next = new ArrayList<>(token.nextHashes());
    next.add(digest);
    List<String> over = next.subList(0, Math.max(0, next.size() - MAX_NEXT));
    List<String> retired = retired(token, over);
    over.clear();
    return token.secrets(token.hash(), next, retired);
  }

  /** The token after the first use of an offered secret, which is now its only one. */
  static AccessToken used(AccessToken token, String digest) {
    List<String> over = new ArrayList<>(token.nextHashes());
    over.remove(digest);
    over.add(token.hash());
    return token.secrets(digest, List.of(), retired(token, over));
  }

  private static List<String> retired(AccessToken token, List<String> digests) {
    List<String> all = new ArrayList<>(token.retired());
    digests.forEach(digest -> all.add(prefix(digest)));
    return all.subList(Math.max(0, all.size() - MAX_RETIRED), all.size());
  }

  private static String prefix(String digest) {
    return digest.substring(0, Math.min(PREFIX_CHARS, digest.length()));
  }
}
