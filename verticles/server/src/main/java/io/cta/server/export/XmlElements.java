package io.cta.server.export;

/** Writes XML elements into a text. One thread at a time. */
final class XmlElements {
  private final StringBuilder out;

  XmlElements(StringBuilder out) {
    this.out = out;
  }

  /** Begins a tag, which {@link #close} or {@link #end} ends. */
  XmlElements open(String name) {
    out.append('<').append(name);
    return this;
  }

  /** Adds an attribute to the tag that is open; a null value is left out. */
  XmlElements with(String name, Object value) {
    if (value != null) {
      out.append(' ').append(name).append("=\"");
      XmlText.append(out, value.toString(), true);
      out.append('"');
    }
    return this;
  }

  /** Ends a tag that has content. */
  XmlElements close() {
    out.append('>');
    return this;
  }

  /** Ends a tag and its element, which has no content. */
  XmlElements end() {
    out.append("/>\n");
    return this;
  }

  XmlElements text(String text) {
    XmlText.append(out, text, false);
    return this;
  }

  /** Ends an element with content. */
  XmlElements end(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** An element with only a text; nothing for null. */
  XmlElements element(String name, String text) {
    return text == null ? this : open(name).close().text(text).end(name);
  }
}
