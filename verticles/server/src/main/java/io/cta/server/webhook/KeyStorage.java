package io.cta.server.webhook;

/**
 * Seals keys, so that the store, its backups and its readers never have them in plain. Safe from
 * any thread.
 */
public interface KeyStorage {
  /** What is stored in place of a key; another text each time. */
  String seal(String plain);

  /**
   * The key. Throws {@link io.cta.error.ServiceFailure} when the text was not sealed here, or has
   * been changed.
   */
  String open(String sealed);
}
