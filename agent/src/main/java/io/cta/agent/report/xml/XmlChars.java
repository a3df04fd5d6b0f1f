package io.cta.agent.report.xml;

import java.util.Set;

/** Knows the characters and references that XML allows. */
final class XmlChars {
  private static final Set<String> PREDEFINED = Set.of("lt", "gt", "amp", "quot", "apos");

  private XmlChars() {}

  static boolean isPredefined(String entity) {
    return PREDEFINED.contains(entity);
  }

  static boolean isLegal(int c) {
    return c >= ' ' && c < 0xd800
        || c == '\n'
        || c == '\t'
        || c == '\r'
        || c >= 0xe000 && c < 0xfffe
        || c >= 0x10000 && c <= 0x10ffff;
  }

  /** The character of {@code #27} or {@code #x1b}; 0, which is illegal, when it is too large. */
  static int ofReference(String name) {
    boolean hex = name.startsWith("#x");
    String digits = name.substring(hex ? 2 : 1);
    return digits.length() > 7 ? 0 : Integer.parseInt(digits, hex ? 16 : 10);
  }
}
