package io.cta.server.security;

import io.cta.domain.AccessToken;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the secret of an agent's token: a new one is handed out, and holds, with the old one
 * dead, as soon as it is used. Until then both are good, so that nobody is locked out by an answer
 * or an agent that got lost on the way. Pure.
 */
final class SecretRotation {
  /** What a secret is to a token. */
  enum SecretState {
    CURRENT,
    /** Handed out, and not used yet. */
    NEXT,
    /** It was good before. */
    DEAD,
    UNKNOWN
  }

  /** Handed out and not used: each is an answer that got lost, or one to a copy. */
  static final int MAX_NEXT = 5;

  static final int MAX_RETIRED = 200;

  /** Enough to recognise a secret by; it opens nothing. */
  private static final int BEGINNING = 16;

  private SecretRotation() {}

  static SecretState of(AccessToken token, String digest) {
    if (TokenText.same(token.hash(), digest)) {
      return SecretState.CURRENT;
    }
    if (token.nextHashes().stream().anyMatch(next -> TokenText.same(next, digest))) {
      return SecretState.NEXT;
    }
    return token.retired().contains(beginning(digest)) ? SecretState.DEAD : SecretState.UNKNOWN;
  }

  /** A new secret is handed out; of too many the eldest is dead. */
  static AccessToken offered(AccessToken token, String digest) {
    List<String> next = new ArrayList<>(token.nextHashes());
    next.add(digest);
    List<String> over = next.subList(0, Math.max(0, next.size() - MAX_NEXT));
    List<String> retired = retired(token, over);
    over.clear();
    return token.secrets(token.hash(), next, retired);
  }

  /** One that was handed out is used: it is the only one from now on. */
  static AccessToken used(AccessToken token, String digest) {
    List<String> over = new ArrayList<>(token.nextHashes());
    over.remove(digest);
    over.add(token.hash());
    return token.secrets(digest, List.of(), retired(token, over));
  }

  private static List<String> retired(AccessToken token, List<String> digests) {
    List<String> all = new ArrayList<>(token.retired());
    digests.forEach(digest -> all.add(beginning(digest)));
    return all.subList(Math.max(0, all.size() - MAX_RETIRED), all.size());
  }

  private static String beginning(String digest) {
    return digest.substring(0, Math.min(BEGINNING, digest.length()));
  }
}
