package io.cta.agent.fetch;

import java.io.IOException;

/** What is read is no archive, or not a whole one. */
final class ArchiveDamaged extends IOException {
  ArchiveDamaged(String message) {
    super(message);
  }
}
