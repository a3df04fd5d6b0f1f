package io.cta.server.export;

import java.util.Locale;

/** In what an execution can be exported. */
public enum ExportFormat {
  /** Of Jenkins and GitLab. */
  JUNIT("application/xml; charset=utf-8", "xml"),
  /** After RFC 4180, with a head line. */
  CSV("text/csv; charset=utf-8; header=present", "csv"),
  /** The execution and its statuses as the API has them. */
  JSON("application/json", "json"),
  /** Common Test Report Format, https://ctrf.io. */
  CTRF("application/json", "json");

  public final String contentType;
  private final String suffix;

  ExportFormat(String contentType, String suffix) {
    this.contentType = contentType;
    this.suffix = suffix;
  }

  /** Throws IllegalArgumentException for a word that is none of them. */
  public static ExportFormat of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public String fileName(String executionId) {
    return "cta-" + executionId + (this == CTRF ? ".ctrf." : ".") + suffix;
  }

  /** The name of a file below a directory of the execution's own. */
  public String plainName() {
    return switch (this) {
      case JUNIT -> "junit.xml";
      case CSV -> "results.csv";
      case JSON -> "execution.json";
      case CTRF -> "ctrf.json";
    };
  }

  /**
   * @param link of the execution's page, or null
   */
  public ExportWriter writer(String link) {
    return switch (this) {
      case JUNIT -> new JUnitExport();
      case CSV -> new CsvExport();
      case JSON -> new JsonExport();
      case CTRF -> new CtrfExport(link);
    };
  }
}
