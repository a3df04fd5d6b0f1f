package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.text.TextCut;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/**
 * Commit statuses of GitHub, Gitea and Forgejo: a log, in which the newest of a context counts
 * (docs.github.com/rest/commits/statuses).
 */
final class GitHubStatuses implements StatusApi {
  private static final int MAX_TEXT = 140;
  private static final int LISTED = 30;

  private final GitHubRequests requests;

  GitHubStatuses(Forge forge) {
    requests = new GitHubRequests(forge);
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
    String path = GitHubRequests.repository(status.project()) + "/statuses/" + status.commit();
    return requests.call(HttpMethod.POST, path, token, body);
  }

  @Override
  public ForgeCall list(CommitStatus status, String token) {
    String path =
        GitHubRequests.repository(status.project())
            + "/commits/"
            + status.commit()
            + "/statuses?"
            + requests.perPage(LISTED);
    return requests.call(HttpMethod.GET, path, token, null);
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
                    one.getString(requests.isGitHub() ? "state" : "status", ""),
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
}
