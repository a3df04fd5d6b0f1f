package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What an execution tests and what made somebody ask for it, as far as it is known: whoever asks
 * may say it, and what the inputs were resolved to wins. Each part may be null.
 *
 * @param repository address of the repository, without user and password
 * @param changeRequest number of the merge or pull request
 * @param buildNumber number of the caller's build
 * @param buildLink address of the caller's build
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
    String buildLink) {}
