package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where tests come from or results go to. {@link RepositoryRules} says what its fields may be.
 *
 * @param name what an execution calls it that wants another ref or version of it; null for the last
 *     part of its address
 * @param type {@code maven}, {@code http}, {@code git}, {@code s3} or {@code local}
 * @param artifact Maven coordinates {@code group:artifact:version[:classifier[:packaging]]}, for
 *     maven
 * @param url address, for http, git and s3
 * @param path directory or file on the machine, for local
 * @param ref branch, tag or commit, for git
 * @param sha256 expected digest in hex, or null
 * @param to directory below the workspace, default the workspace itself
 * @param folder for git: the folder of the repository whose content is wanted; null for all of it
 * @param depth for git: commits of history, 0 for all of them; null for 1
 * @param submodules for git: whether submodules are fetched; null for true
 * @param lfs for git: whether files of Git LFS are fetched; null for true
 * @param token name of a secret, for git and http: the password or bearer token for the address
 * @param user for git: the login that goes with the token; null for {@link #TOKEN_USER}
 * @param sshKey name of a secret, for git: the private key for an address of ssh
 * @param hostKeys for git: lines of known_hosts, {@code host keytype base64}; empty for those that
 *     the machine knows
 * @param endpoint for s3: address of the store; null for Amazon's
 * @param region for s3; null for that of the machine, or the usual one
 * @param pathStyle for s3: whether the bucket stands in the path; null for yes with an endpoint
 * @param accessKey name of a secret, for s3; null for the machine's own credentials
 * @param secretKey name of a secret, for s3, that goes with it
 * @param version for s3: version of the object; null for the newest
 */
@RecordBuilder
public record Repository(
    String name,
    String type,
    String artifact,
    String url,
    String path,
    String ref,
    String sha256,
    String to,
    String folder,
    Integer depth,
    Boolean submodules,
    Boolean lfs,
    String token,
    String user,
    String sshKey,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> hostKeys,
    String endpoint,
    String region,
    Boolean pathStyle,
    String accessKey,
    String secretKey,
    String version) {
  /** GitLab's name for the user of a token; GitHub, Gitea and Forgejo take any name with one. */
  public static final String TOKEN_USER = "oauth2";

  public Repository {
    type = FieldChecks.required("type", type);
    to = FieldChecks.or(to, ".");
    hostKeys = FieldChecks.list(hostKeys);
  }

  /** The names of the secrets that it needs, by the fields that say them. */
  public Map<String, String> secretNames() {
    Map<String, String> names = new LinkedHashMap<>();
    put(names, "token", token);
    put(names, "sshKey", sshKey);
    put(names, "accessKey", accessKey);
    put(names, "secretKey", secretKey);
    return names;
  }

  private static void put(Map<String, String> names, String field, String name) {
    if (name != null) {
      names.put(field, name);
    }
  }

  /** With the defaults of what only some types have. */
  public Repository(
      String name,
      String type,
      String artifact,
      String url,
      String path,
      String ref,
      String sha256,
      String to) {
    this(
        name, type, artifact, url, path, ref, sha256, to, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null);
  }
}
