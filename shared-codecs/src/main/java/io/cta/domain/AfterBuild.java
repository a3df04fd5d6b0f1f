package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Map;

/**
 * Which job of a Jenkins to build after an execution. Values may have placeholders such as {@code
 * ${source.commit}}, which stand for facts of that execution.
 *
 * @param forge id or name of a {@link Forge} of type jenkins
 * @param job its name, behind those of its folders: {@code folder/name}; at most {@value #MAX_JOB}
 *     characters
 * @param parameters of the job, which must declare them
 * @param follow how long the build is followed, from when Jenkins has taken it; 1 s to 24 h,
 *     default 2 h
 */
public record AfterBuild(
    String forge,
    String job,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> parameters,
    Duration follow) {
  public static final int MAX_JOB = 500;
  private static final Duration FOLLOW = Duration.ofHours(2);

  public AfterBuild {
    parameters = FieldChecks.map(parameters);
    follow = FieldChecks.or(follow, FOLLOW);
  }
}
