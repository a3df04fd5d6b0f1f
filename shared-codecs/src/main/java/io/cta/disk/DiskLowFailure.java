package io.cta.disk;

import java.io.IOException;

/** A disk has less room than an attempt should begin with; the message says which, and how much. */
public final class DiskLowFailure extends IOException {
  public DiskLowFailure(String trouble) {
    super(trouble);
  }
}
