package io.cta.server.forges;

import io.cta.domain.Execution;
import io.cta.text.TextCut;

/**
 * A status to report, as it is stored until the forge has it.
 *
 * @param ref branch or tag, or null
 * @param pipelineId of GitLab, or null
 * @param context what the status is called there
 * @param link where people see the execution, or null
 * @param description one line of any length
 * @param tokenRevision the forge's token to send it with
 */
public record CommitStatus(
    String project,
    String commit,
    String ref,
    String pipelineId,
    String context,
    ReportStage stage,
    String link,
    String description,
    int tokenRevision) {
  private static final int MAX_CONTEXT = 200;

  /**
   * The status of an execution that has reached a stage.
   *
   * @param name of the status, behind {@code cta/}
   * @param link of the execution's page; left out unless it is whole
   */
  public static CommitStatus of(
      Execution e,
      ReportStage stage,
      String project,
      String commit,
      String ref,
      String name,
      String link,
      int tokenRevision) {
    return new CommitStatus(
        project,
        commit,
        ref,
        e.source() == null ? null : e.source().pipelineId(),
        TextCut.shortenedByCodePoints("cta/" + name, MAX_CONTEXT),
        stage,
        link.startsWith("http") ? link : null,
        StatusText.of(stage, e),
        tokenRevision);
  }

  /** What is one row at the forge: there is one context for each branch. */
  public String row() {
    return (ref == null ? "" : ref) + " " + context;
  }

  /** The same, for whichever pipeline the forge takes. */
  public CommitStatus withoutPipeline() {
    return new CommitStatus(
        project, commit, ref, null, context, stage, link, description, tokenRevision);
  }
}
