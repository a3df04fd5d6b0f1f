package io.cta.domain;

/**
 * What an input of an execution was when it was first fetched. All its tasks, attempts and reruns
 * get the same.
 *
 * @param input its place in the list of inputs, from 0
 * @param version the commit of a git input, the version of a maven or s3 input, or null
 * @param sha256 digest of what was fetched, in hex; null for git, where the commit says it
 * @param branch the branch that a git input's ref names, or null when it names none
 * @param author of the commit, or null
 * @param subject first line of the commit's message, or null
 */
public record ResolvedInput(
    int input, String version, String sha256, String branch, String author, String subject) {
  /** Longest text, in characters; the rest is cut off. */
  static final int MAX_TEXT = 300;

  public ResolvedInput {
    version = FieldChecks.line(version, MAX_TEXT);
    branch = FieldChecks.line(branch, MAX_TEXT);
    author = FieldChecks.line(author, MAX_TEXT);
    subject = FieldChecks.line(subject, MAX_TEXT);
  }
}
