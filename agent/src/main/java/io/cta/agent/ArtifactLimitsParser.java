package io.cta.agent;

import io.cta.agent.artifact.ArtifactLimits;
import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import java.time.Duration;
import java.util.List;
import java.util.function.BinaryOperator;

/** Parses how much of what tests leave behind is kept, and adds every error to a list. */
final class ArtifactLimitsParser {
  private static final long MIN_BYTES = 1024;
  private static final long MAX_BYTES = 1L << 40;
  private static final int MAX_FILES = 100_000;
  private static final Duration MIN_TIME = Duration.ofSeconds(1);
  private static final Duration MAX_TIME = Duration.ofHours(2);

  private final AgentOptions options;
  private final BinaryOperator<String> given;
  private final List<String> errors;

  /**
   * @param given the value of an option and its variable, or null
   */
  ArtifactLimitsParser(AgentOptions options, BinaryOperator<String> given, List<String> errors) {
    this.options = options;
    this.given = given;
    this.errors = errors;
  }

  ArtifactLimits limits(long minFree) {
    ArtifactLimits usual = ArtifactLimits.DEFAULT;
    return new ArtifactLimits(
        size(
            "--artifact-limit",
            given.apply(options.artifactLimit, "ARTIFACT_LIMIT"),
            usual.fileBytes()),
        size(
            "--artifact-test-limit",
            given.apply(options.artifactTestLimit, "ARTIFACT_TEST_LIMIT"),
            usual.testBytes()),
        size(
            "--artifact-task-limit",
            given.apply(options.artifactTaskLimit, "ARTIFACT_TASK_LIMIT"),
            usual.taskBytes()),
        files(given.apply(options.artifactFiles, "ARTIFACT_FILES"), usual.files()),
        minFree,
        time(given.apply(options.artifactUploadTime, "ARTIFACT_UPLOAD_TIME"), usual.uploadTime()));
  }

  private long size(String option, String text, long usual) {
    long size = text == null ? usual : SizeParser.parse(text);
    if (size < MIN_BYTES || size > MAX_BYTES) {
      errors.add(option + " must be a size from 1KB to 1024GB, such as 20MB, not " + text);
    }
    return size;
  }

  private int files(String text, int usual) {
    try {
      int number = text == null ? usual : Integer.parseInt(text);
      if (number >= 1 && number <= MAX_FILES) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    errors.add("--artifact-files must be a number from 1 to " + MAX_FILES + ", not " + text);
    return usual;
  }

  private Duration time(String text, Duration usual) {
    try {
      Duration time = text == null ? usual : DurationFormat.parse("time", text);
      if (time.compareTo(MIN_TIME) >= 0 && time.compareTo(MAX_TIME) <= 0) {
        return time;
      }
    } catch (ServiceFailure e) {
      // reported below
    }
    errors.add("--artifact-upload-time must be a time from 1s to 2h, such as 5m, not " + text);
    return usual;
  }
}
