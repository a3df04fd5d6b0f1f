package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.regex.Pattern;

/**
 * What an execution tests and what made somebody ask for it, as far as it is known: whoever asks
 * may say it, and what the inputs were resolved to wins. Each part may be null.
 *
 * @param repository address of the repository; user and password are taken out
 * @param changeRequest number of the merge or pull request
 * @param buildNumber number of the caller's build
 * @param buildLink address of the caller's build
 * @param pipelineId of the pipeline in GitLab that the caller's build is in
 */
@RecordBuilder
public record ExecutionSource(
    String repository,
    String branch,
    String commit,
    String author,
    String subject,
    String changeRequest,
    String buildNumber,
    String buildLink,
    String pipelineId) {
  private static final int MAX_ADDRESS = 4_096;
  private static final Pattern USER = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@]*@");

  public ExecutionSource {
    repository =
        repository == null
            ? null
            : FieldChecks.line(USER.matcher(repository).replaceFirst("$1"), MAX_ADDRESS);
    branch = FieldChecks.line(branch, ResolvedInput.MAX_TEXT);
    commit = FieldChecks.line(commit, ResolvedInput.MAX_TEXT);
    author = FieldChecks.line(author, ResolvedInput.MAX_TEXT);
    subject = FieldChecks.line(subject, ResolvedInput.MAX_TEXT);
    changeRequest = FieldChecks.line(changeRequest, ResolvedInput.MAX_TEXT);
    buildNumber = FieldChecks.line(buildNumber, ResolvedInput.MAX_TEXT);
    buildLink = FieldChecks.line(buildLink, MAX_ADDRESS);
    pipelineId = FieldChecks.line(pipelineId, ResolvedInput.MAX_TEXT);
  }

  /** A source outside of any pipeline of GitLab. */
  public ExecutionSource(
      String repository,
      String branch,
      String commit,
      String author,
      String subject,
      String changeRequest,
      String buildNumber,
      String buildLink) {
    this(repository, branch, commit, author, subject, changeRequest, buildNumber, buildLink, null);
  }
}
