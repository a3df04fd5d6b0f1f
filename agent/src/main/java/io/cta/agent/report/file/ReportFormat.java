package io.cta.agent.report.file;

/** How a report is read. That of an XML file is told by its root element. */
enum ReportFormat {
  XML,
  CUCUMBER,
  CTRF,
  GO_TEST,
  TAP;

  /** Of a key under {@code report:}; null when the key leaves it to the content. */
  static ReportFormat ofKey(String key) {
    return switch (key) {
      case "cucumber" -> CUCUMBER;
      case "ctrf" -> CTRF;
      case "gotest" -> GO_TEST;
      case "tap" -> TAP;
      case "files" -> null;
      default -> XML;
    };
  }
}
