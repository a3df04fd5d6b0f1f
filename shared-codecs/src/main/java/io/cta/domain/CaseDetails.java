package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * What a report says about a case besides its result. Every part may be null or empty; the reader
 * of the report limits the length of all texts.
 *
 * @param file source file of the case, as the framework writes it
 * @param line in that file, from 1
 * @param type of the failure, such as an exception's class
 * @param trace the failure's own text, beyond its message
 * @param properties as the framework wrote them
 * @param attachments paths below the workspace
 * @param reruns messages of the runs before the last, the oldest first
 */
@RecordBuilder
public record CaseDetails(
    String file,
    Integer line,
    String type,
    String trace,
    String stdout,
    String stderr,
    Map<String, String> properties,
    List<String> attachments,
    List<String> reruns) {
  public CaseDetails {
    properties = FieldChecks.map(properties);
    attachments = FieldChecks.list(attachments);
    reruns = FieldChecks.list(reruns);
  }
}
