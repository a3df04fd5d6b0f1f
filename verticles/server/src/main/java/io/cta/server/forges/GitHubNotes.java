package io.cta.server.forges;

import io.cta.domain.Forge;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The requests for comments on pull requests of GitHub, Gitea and Forgejo
 * (docs.github.com/rest/issues/comments). Gitea and Forgejo give all of them in one page. Pure.
 */
final class GitHubNotes implements NoteApi {
  private static final int PER_PAGE = 50;

  private final GitHubRequests requests;
  private final MergeRequestNote note;
  private final String token;

  GitHubNotes(Forge forge, MergeRequestNote note, String token) {
    this.requests = new GitHubRequests(forge);
    this.note = note;
    this.token = token;
  }

  @Override
  public ForgeCall user() {
    return requests.call(HttpMethod.GET, "/user", token, null);
  }

  @Override
  public ForgeCall create() {
    return requests.call(HttpMethod.POST, comments(), token, body());
  }

  @Override
  public ForgeCall update(long id) {
    String path = GitHubRequests.repository(note.project()) + "/issues/comments/" + id;
    return requests.call(HttpMethod.PATCH, path, token, body());
  }

  @Override
  public ForgeCall page(int page) {
    String query = "?" + requests.perPage(PER_PAGE) + "&page=" + page;
    return requests.call(HttpMethod.GET, comments() + query, token, null);
  }

  @Override
  public Optional<Long> find(JsonArray page, long user) {
    return NoteApi.find(page, note.marker(), "user", user);
  }

  private String comments() {
    return GitHubRequests.repository(note.project()) + "/issues/" + note.iid() + "/comments";
  }

  private JsonObject body() {
    return new JsonObject().put("body", note.body());
  }
}
