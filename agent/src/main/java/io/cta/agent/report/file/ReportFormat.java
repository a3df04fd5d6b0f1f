package io.cta.agent.report.file;

/** The formats of reports. The root element of an XML file tells which one of XML it is. */
enum ReportFormat {
  XML,
  CUCUMBER,
  CTRF,
  GO_TEST,
  TAP;

  /** The format of a key under {@code report:}; null when the content decides. */
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
