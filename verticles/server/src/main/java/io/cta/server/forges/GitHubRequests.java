package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.server.outgoing.OutgoingUrl;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where and how GitHub is asked, and Gitea and Forgejo, whose API is like it below {@code /api/v1}.
 * Pure.
 */
final class GitHubRequests {
  private final OutgoingUrl base;
  private final boolean github;

  /** Throws INVALID when the forge's address cannot be called. */
  GitHubRequests(Forge forge) {
    github = forge.type() == ForgeType.GITHUB;
    OutgoingUrl url = OutgoingUrl.parse("url", forge.url());
    base =
        !github
            ? StatusApi.below(url, "/api/v1")
            : url.host().equals("github.com")
                ? new OutgoingUrl(url.tls(), "api.github.com", url.port(), "/")
                : url;
  }

  /** Whether it is GitHub itself. */
  boolean isGitHub() {
    return github;
  }

  /** How many of a page are asked for, as a parameter. */
  String perPage(int count) {
    return (github ? "per_page=" : "limit=") + count;
  }

  /**
   * @param body null of a request that only asks
   */
  ForgeCall call(HttpMethod method, String path, String token, JsonObject body) {
    return new ForgeCall(method, StatusApi.below(base, path), headers(token), body);
  }

  /** The path of a repository. */
  static String repository(String project) {
    return Arrays.stream(project.split("/"))
        .map(StatusApi::part)
        .collect(Collectors.joining("/", "/repos/", ""));
  }

  private Map<String, String> headers(String token) {
    return github
        ? Map.of("Authorization", "Bearer " + token, "Accept", "application/vnd.github+json")
        : Map.of("Authorization", "token " + token);
  }
}
