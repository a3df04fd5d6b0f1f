package io.cta.server.store.upgrade;

import io.cta.server.store.DocumentStore;
import io.vertx.core.Future;

/** One change of a store's form. Carrying out a page again, or by two servers, does no harm. */
interface UpgradeStep {
  /** For people, in the log. */
  String name();

  /**
   * Carries out one page.
   *
   * @param after where the page before ended, null for the first
   */
  Future<Page> page(DocumentStore store, String after, int limit);

  /**
   * What a page came to.
   *
   * @param next where it ended, null when it was the last
   * @param documents how many it looked at
   */
  record Page(String next, int documents) {}
}
