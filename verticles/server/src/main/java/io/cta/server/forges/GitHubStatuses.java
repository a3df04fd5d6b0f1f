package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.server.outgoing.OutgoingUrl;
import io.cta.text.TextCut;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Commit statuses of GitHub, Gitea and Forgejo: a log, in which the newest of a context counts
 * (docs.github.com/rest/commits/statuses; Gitea's API is like it, below {@code /api/v1}).
 */
final class GitHubStatuses implements StatusApi {
  private static final int MAX_TEXT = 140;

  private final OutgoingUrl base;
  private final boolean github;

  GitHubStatuses(Forge forge) {
    github = forge.type() == ForgeType.GITHUB;
    OutgoingUrl url = OutgoingUrl.parse("url", forge.url());
    base =
        !github
            ? StatusApi.below(url, "/api/v1")
            : url.host().equals("github.com")
                ? new OutgoingUrl(url.tls(), "api.github.com", url.port(), "/")
                : url;
  }

  @Override
  public ForgeCall send(CommitStatus status, String token) {
    ListedStatus own = own(status);
    JsonObject body =
        new JsonObject()
            .put("state", own.state())
            .put("context", status.context())
            .put("description", own.description());
    if (own.link() != null) {
      body.put("target_url", own.link());
    }
    String path = project(status) + "/statuses/" + status.commit();
    return new ForgeCall(HttpMethod.POST, StatusApi.below(base, path), headers(token), body);
  }

  @Override
  public ForgeCall list(CommitStatus status, String token) {
    String query = github ? "?per_page=30" : "?limit=30";
    String path = project(status) + "/commits/" + status.commit() + "/statuses" + query;
    return new ForgeCall(HttpMethod.GET, StatusApi.below(base, path), headers(token), null);
  }

  @Override
  public List<ListedStatus> read(JsonArray listed, CommitStatus status) {
    return listed.stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(one -> status.context().equals(one.getString("context")))
        .sorted(Comparator.comparing((JsonObject one) -> one.getLong("id", 0L)).reversed())
        .map(
            one ->
                new ListedStatus(
                    one.getString(github ? "state" : "status", ""),
                    one.getString("target_url"),
                    one.getString("description")))
        .toList();
  }

  @Override
  public boolean covers(String listed, ReportStage wanted) {
    return listed.equals(wanted.github());
  }

  @Override
  public ListedStatus own(CommitStatus status) {
    return new ListedStatus(
        status.stage().github(),
        status.link(),
        TextCut.shortenedByCodePoints(status.description(), MAX_TEXT));
  }

  private static String project(CommitStatus status) {
    return Arrays.stream(status.project().split("/"))
        .map(StatusApi::part)
        .collect(Collectors.joining("/", "/repos/", ""));
  }

  private Map<String, String> headers(String token) {
    return github
        ? Map.of("Authorization", "Bearer " + token, "Accept", "application/vnd.github+json")
        : Map.of("Authorization", "token " + token);
  }
}
