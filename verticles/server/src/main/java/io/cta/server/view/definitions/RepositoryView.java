package io.cta.server.view.definitions;

import io.cta.domain.Repository;
import java.util.List;

/** Where tests come from, or where results go. */
public record RepositoryView(
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
    List<String> hostKeys,
    String endpoint,
    String region,
    Boolean pathStyle,
    String accessKey,
    String secretKey,
    String version) {
  public static List<RepositoryView> of(List<Repository> repositories) {
    return repositories.stream().map(RepositoryView::of).toList();
  }

  static RepositoryView of(Repository r) {
    return new RepositoryView(
        r.name(),
        r.type(),
        r.artifact(),
        r.url(),
        r.path(),
        r.ref(),
        r.sha256(),
        r.to(),
        r.folder(),
        r.depth(),
        r.submodules(),
        r.lfs(),
        r.token(),
        r.user(),
        r.sshKey(),
        r.hostKeys().isEmpty() ? null : r.hostKeys(),
        r.endpoint(),
        r.region(),
        r.pathStyle(),
        r.accessKey(),
        r.secretKey(),
        r.version());
  }
}
