package io.cta.server.view.definitions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.domain.AfterBuild;
import java.time.Duration;
import java.util.Map;

/** Which job of a Jenkins to build after an execution. */
public record AfterBuildView(
    String forge,
    String job,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> parameters,
    Duration follow) {
  /** Returns null for null. */
  static AfterBuildView of(AfterBuild b) {
    return b == null ? null : new AfterBuildView(b.forge(), b.job(), b.parameters(), b.follow());
  }
}
