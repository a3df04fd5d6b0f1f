package io.cta.agent.report.xml;

import io.cta.agent.report.TextSanitizer;
import java.io.IOException;
import java.io.Reader;

/**
 * Repairs a report's characters before the parser reads them. It mends what tools get wrong
 * (control characters, a bare {@code &} or {@code <}, {@code ]]>} in text, several documents in one
 * file), cuts long attributes, removes comments and declarations, and writes CDATA as text. It puts
 * everything below a root element of its own, which it closes only when all others are closed.
 */
final class XmlRepairReader extends Reader {
  static final String ROOT = "reports";

  private static final int MAX_ATTRIBUTE_CHARS = 50_000;
  private static final int MAX_TAG_CHARS = 100_000;

  private enum Place {
    TEXT,
    CDATA,
    TAG,
    VALUE
  }

  private final CharWindow in;
  private final StringBuilder out = new StringBuilder("<" + ROOT + ">");
  private int taken;
  private Place place = Place.TEXT;
  private int depth;
  private int quote;
  private int length;
  private int tagLength;
  private boolean closing;
  private boolean slash;
  private boolean entities;
  private boolean ended;
  private IOException failure;

  XmlRepairReader(Reader in) {
    this.in = new CharWindow(in);
  }

  @Override
  public int read(char[] into, int offset, int count) throws IOException {
    while (out.length() - taken < count && !ended && failure == null) {
      try {
        step();
      } catch (IOException e) {
        failure = e;
      }
    }
    // what comes before the failure is read first
    if (failure != null && out.length() == taken) {
      throw failure;
    }
    int n = Math.min(count, out.length() - taken);
    out.getChars(taken, taken + n, into, offset);
    taken += n;
    if (taken > 16_384 || taken == out.length()) {
      out.delete(0, taken);
      taken = 0;
    }
    return n == 0 && count > 0 ? -1 : n;
  }

  /** Whether the file was read to its end and an element, or a part of one, was open there. */
  boolean endedInside() {
    return ended && (depth > 0 || place != Place.TEXT);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void step() throws IOException {
    int c = in.next();
    if (c < 0) {
      ended = true;
      out.append(depth == 0 && place == Place.TEXT ? "</" + ROOT + ">" : "");
      return;
    }
    switch (place) {
      case TEXT -> text(c);
      case CDATA -> cdata(c);
      case TAG -> tag(c);
      default -> value(c);
    }
  }

  private void text(int c) throws IOException {
    switch (c) {
      case '<' -> markup();
      case '&' -> reference();
      case '>' -> out.append("&gt;");
      default -> character(c);
    }
  }

  private void cdata(int c) throws IOException {
    if (c == ']' && in.skip("]>")) {
      place = Place.TEXT;
      return;
    }
    switch (c) {
      case '<' -> out.append("&lt;");
      case '&' -> out.append("&amp;");
      case '>' -> out.append("&gt;");
      default -> character(c);
    }
  }

  private void markup() throws IOException {
    int c = in.peek(0);
    if (in.skip("!--")) {
      in.skipPast("-->");
    } else if (in.skip("![CDATA[")) {
      place = Place.CDATA;
    } else if (c == '?') {
      in.skipPast("?>");
    } else if (c == '!') {
      entities |= new DoctypeSkipper(in).skip();
    } else if (c == '/' || c == '_' || c < 0 || c > 127 || Character.isLetter(c)) {
      place = Place.TAG;
      closing = c == '/';
      tagLength = 0;
      out.append('<');
    } else {
      out.append("&lt;");
    }
  }

  private void tag(int c) throws IOException {
    if (++tagLength > MAX_TAG_CHARS) {
      throw new IOException("an element has too long a name or too many attributes");
    }
    if (c == '"' || c == '\'') {
      place = Place.VALUE;
      quote = c;
      length = 0;
    } else if (c == '>') {
      place = Place.TEXT;
      depth += closing ? -1 : slash ? 0 : 1;
      if (depth < 0) {
        throw new IOException("an element ends that has not begun");
      }
    }
    slash = c == '/';
    character(c);
  }

  private void value(int c) throws IOException {
    if (c == quote) {
      place = Place.TAG;
      out.append((char) c);
    } else if (++length > MAX_ATTRIBUTE_CHARS) {
      return;
    } else if (c == '<') {
      out.append("&lt;");
    } else if (c == '&') {
      reference();
    } else {
      character(c);
    }
  }

  /** Keeps a reference that the parser will know; a bare ampersand becomes text. */
  private void reference() throws IOException {
    String name = in.reference();
    if (name == null) {
      out.append("&amp;");
    } else if (name.startsWith("#")) {
      int c = XmlChars.ofReference(name);
      if (c == 0x1b) {
        out.append(TextSanitizer.ESCAPE_SYMBOL);
      } else if (XmlChars.isLegal(c)) {
        out.append('&').append(name).append(';');
      }
    } else if (XmlChars.isPredefined(name)) {
      out.append('&').append(name).append(';');
    } else if (entities) {
      throw new IOException("entities are not expanded: " + name);
    } else {
      out.append("&amp;").append(name).append(';');
    }
  }

  private void character(int c) throws IOException {
    if (c == 0x1b) {
      out.append(TextSanitizer.ESCAPE_SYMBOL);
    } else if (Character.isHighSurrogate((char) c)) {
      int low = in.peek(0);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        out.append((char) c).append((char) in.next());
      }
    } else if (XmlChars.isLegal(c)) {
      out.append((char) c);
    }
  }
}
