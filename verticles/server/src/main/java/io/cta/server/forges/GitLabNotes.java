package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingUrl;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** The requests for notes on merge requests of GitLab (docs.gitlab.com/api/notes). Pure. */
public final class GitLabNotes {
  private static final int PER_PAGE = 50;

  private final OutgoingUrl base;
  private final MergeRequestNote note;
  private final String token;

  /** Throws INVALID when the forge's address cannot be called. */
  public GitLabNotes(Forge forge, MergeRequestNote note, String token) {
    this.base = OutgoingUrl.parse("url", forge.url());
    this.note = note;
    this.token = token;
  }

  /** Asks whose token it is. */
  public ForgeCall user() {
    return call(HttpMethod.GET, "/api/v4/user", null);
  }

  /** Makes a new note. */
  public ForgeCall create() {
    return call(HttpMethod.POST, notes(), body());
  }

  /** Writes a note anew. */
  public ForgeCall update(long id) {
    return call(HttpMethod.PUT, notes() + "/" + id, body());
  }

  /** Asks for a page of the notes, the oldest first; pages count from 1. */
  public ForgeCall page(int page) {
    String query = "?sort=asc&order_by=created_at&per_page=" + PER_PAGE + "&page=" + page;
    return call(HttpMethod.GET, notes() + query, null);
  }

  /** Our note in a page. */
  public Optional<Long> find(JsonArray page, long user) {
    return page.stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("body", "").startsWith(note.marker()))
        .filter(one -> one.getJsonObject("author", new JsonObject()).getLong("id", -1L) == user)
        .map(one -> one.getLong("id"))
        .findFirst();
  }

  /** True when another page follows; totals are missing where there are many notes. */
  public static boolean hasNext(OutgoingAnswer answer) {
    String next = answer.header("x-next-page");
    String link = answer.header("link");
    return next != null && !next.isBlank() || link != null && link.contains("rel=\"next\"");
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
