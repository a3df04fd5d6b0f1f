package io.cta.server.export;

import io.cta.text.TextCut;
import java.util.Map;

/** Draws a badge: a label, and a result in its colour. Pure. */
public final class BadgeImage {
  /** Of a scenario that does not exist, or was never run. */
  public static final String UNKNOWN = "unknown";

  private static final String GREY = "#6e7781";
  private static final Map<String, String> COLOURS =
      Map.of(
          "ok", "#1a7f37",
          "failed", "#cf222e",
          "partial", "#bc4c00",
          "inconclusive", "#9a6700",
          "cancelled", GREY,
          "timeout", "#cf222e");

  private static final int MAX_LABEL_CHARS = 60;
  private static final int CHAR_WIDTH = 7;
  private static final int PADDING = 10;

  private BadgeImage() {}

  /** An SVG image of 20 pixels' height, in UTF-8. */
  public static String svg(String label, String word) {
    String left = TextCut.marked(label, MAX_LABEL_CHARS);
    int first = width(left);
    int second = width(word);
    StringBuilder out = new StringBuilder();
    XmlElements xml = new XmlElements(out);
    xml.open("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("width", first + second)
        .with("height", 20)
        .with("role", "img")
        .with("aria-label", left + ": " + word)
        .close();
    xml.element("title", left + ": " + word);
    box(xml, 0, first, "#444d56");
    box(xml, first, second, COLOURS.getOrDefault(word, GREY));
    text(xml, first / 2, first, left);
    text(xml, first + second / 2, second, word);
    xml.end("svg");
    return out.toString();
  }

  private static void box(XmlElements xml, int x, int width, String colour) {
    xml.open("rect")
        .with("x", x)
        .with("width", width)
        .with("height", 20)
        .with("fill", colour)
        .end();
  }

  private static void text(XmlElements xml, int x, int width, String text) {
    xml.open("text")
        .with("x", x)
        .with("y", 14)
        .with("textLength", width - PADDING)
        .with("text-anchor", "middle")
        .with("fill", "#fff")
        .with("font-family", "Verdana,Geneva,DejaVu Sans,sans-serif")
        .with("font-size", 11)
        .close()
        .text(text)
        .end("text");
  }

  private static int width(String text) {
    return PADDING + CHAR_WIDTH * Math.max(1, text.codePointCount(0, text.length()));
  }
}
