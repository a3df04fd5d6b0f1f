package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Where the results of an execution go, those of all its machines in one file for each format.
 *
 * @param to the place, as of an output of type s3 or http
 * @param formats in which results are exported: junit, json, csv, ctrf; default junit and json
 */
public record AfterPush(
    Repository to, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> formats) {
  private static final List<String> FORMATS = List.of("junit", "json");

  public AfterPush {
    formats = FieldChecks.list(formats);
    formats = formats.isEmpty() ? FORMATS : formats.stream().distinct().toList();
  }
}
