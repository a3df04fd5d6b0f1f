package io.cta.domain;

/**
 * Where tests come from or results go to.
 *
 * @param name what an execution calls it that wants another ref or version of it; null for the last
 *     part of its address
 * @param type {@code maven}, {@code http}, {@code git}, {@code s3} or {@code local}
 * @param artifact Maven coordinates {@code group:artifact:version[:classifier]}, for maven
 * @param url address, for http, git and s3
 * @param path directory or file on the machine, for local
 * @param ref branch, tag or commit, for git
 * @param sha256 expected digest in hex, or null
 * @param to directory below the workspace, default the workspace itself
 */
public record Repository(
    String name,
    String type,
    String artifact,
    String url,
    String path,
    String ref,
    String sha256,
    String to) {
  public Repository {
    type = FieldChecks.required("type", type);
    to = FieldChecks.or(to, ".");
  }
}
