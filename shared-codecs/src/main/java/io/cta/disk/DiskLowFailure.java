package io.cta.disk;

import java.io.IOException;

/**
 * A disk has less free space than an attempt should start with; the message says which disk and how
 * much.
 */
public final class DiskLowFailure extends IOException {
  public DiskLowFailure(String message) {
    super(message);
  }
}
