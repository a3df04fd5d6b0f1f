package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.server.outgoing.OutgoingUrl;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** The requests for notes on merge requests of GitLab (docs.gitlab.com/api/notes). Pure. */
final class GitLabNotes implements NoteApi {
  private static final int PER_PAGE = 50;

  private final OutgoingUrl base;
  private final MergeRequestNote note;
  private final String token;

  GitLabNotes(Forge forge, MergeRequestNote note, String token) {
    this.base = OutgoingUrl.parse("url", forge.url());
    this.note = note;
    this.token = token;
  }

  @Override
  public ForgeCall user() {
    return call(HttpMethod.GET, "/api/v4/user", null);
  }

  @Override
  public ForgeCall create() {
    return call(HttpMethod.POST, notes(), body());
  }

  @Override
  public ForgeCall update(long id) {
    return call(HttpMethod.PUT, notes() + "/" + id, body());
  }

  @Override
  public ForgeCall page(int page) {
    String query = "?sort=asc&order_by=created_at&per_page=" + PER_PAGE + "&page=" + page;
    return call(HttpMethod.GET, notes() + query, null);
  }

  @Override
  public Optional<Long> find(JsonArray page, long user) {
    return NoteApi.find(page, note.marker(), "author", user);
  }

  private String notes() {
    String project = StatusApi.part(note.project());
    return "/api/v4/projects/" + project + "/merge_requests/" + note.iid() + "/notes";
  }

  private JsonObject body() {
    return new JsonObject().put("body", note.body());
  }

  private ForgeCall call(HttpMethod method, String path, JsonObject body) {
    return new ForgeCall(method, StatusApi.below(base, path), Map.of("PRIVATE-TOKEN", token), body);
  }
}
