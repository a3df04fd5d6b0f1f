package io.cta.agent.report.file;

import java.io.IOException;

/** A file has more bytes than are read. */
final class TooLargeFile extends IOException {
  TooLargeFile(String message) {
    super(message);
  }
}
