package io.cta.server.forges;

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
