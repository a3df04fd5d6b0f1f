package io.cta.agent.report.xml;

import java.io.IOException;

/** Skips a document type, with all that it declares. */
final class DoctypeSkipper {
  private final CharWindow in;
  private boolean entities;

  DoctypeSkipper(CharWindow in) {
    this.in = in;
  }

  /** Goes to the end of the declaration; true when it declares entities. */
  boolean skip() throws IOException {
    int depth = 1;
    int quote = 0;
    while (depth > 0) {
      int c = in.next();
      if (c < 0) {
        break;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        depth--;
      } else if (c == '<' && in.skip("!--")) {
        in.skipPast("-->");
      } else if (c == '<') {
        depth++;
        entities |= in.skip("!ENTITY");
      }
    }
    return entities;
  }
}
