package io.cta.domain;

import com.github.f4b6a3.ulid.UlidCreator;

/** New identifiers: ULIDs, 26 characters of Crockford base 32, sortable by their time. */
public final class Ids {
  private Ids() {}

  /** A new id; ids made by one process are strictly increasing. Safe from any thread. */
  public static String next() {
    return UlidCreator.getMonotonicUlid().toString();
  }
}
