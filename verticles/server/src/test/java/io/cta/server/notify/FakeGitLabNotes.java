package io.cta.server.notify;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/**
 * GitLab's notes on one merge request, 12 of group/app: in pages, without totals; only the author
 * may change a note, and what was deleted is not there.
 */
final class FakeGitLabNotes {
  static final long USER = 7;
  private static final String NOTES = "/gitlab/api/v4/projects/group%2Fapp/merge_requests/12/notes";

  record Note(long author, String body) {}

  final Map<Long, Note> notes = new TreeMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * What happens to a POST or PUT, by its number: a status, 0 for none before, -1 for none after.
   */
  volatile IntFunction<Integer> faults = number -> 200;

  private int written;
  private long ids = 1_000;

  synchronized long add(long author, String body) {
    notes.put(++ids, new Note(author, body));
    return ids;
  }

  synchronized List<Note> own() {
    return notes.values().stream().filter(note -> note.author == USER).toList();
  }

  List<String> writes() {
    return asked.stream().filter(line -> !line.startsWith("GET")).toList();
  }

  /** False when the request is none of these. */
  boolean takes(HttpServerRequest request) {
    if (!request.path().startsWith("/gitlab/api/v4/user")
        && !request.path().contains("/merge_requests/")) {
      return false;
    }
    asked.add(request.method() + " " + request.path());
    if (request.path().equals("/gitlab/api/v4/user")) {
      request.response().end(new JsonObject().put("id", USER).encode());
    } else if (!request.path().startsWith(NOTES)) {
      request.response().setStatusCode(404).end("{\"message\":\"404 Not found\"}");
    } else if (request.method() == HttpMethod.GET) {
      page(request);
    } else {
      request.body().onSuccess(body -> write(request, body.toJsonObject()));
    }
    return true;
  }

  private synchronized void page(HttpServerRequest request) {
    int size = Math.min(100, Integer.parseInt(request.getParam("per_page", "20")));
    int page = Integer.parseInt(request.getParam("page", "1"));
    List<Map.Entry<Long, Note>> all = new ArrayList<>(notes.entrySet());
    JsonArray out = new JsonArray();
    all.stream()
        .skip((page - 1L) * size)
        .limit(size)
        .forEach(
            one ->
                out.add(
                    new JsonObject()
                        .put("id", one.getKey())
                        .put("body", one.getValue().body)
                        .put("author", new JsonObject().put("id", one.getValue().author))));
    boolean more = page * size < all.size();
    request.response().putHeader("X-Next-Page", more ? "" + (page + 1) : "").end(out.encode());
  }

  private synchronized void write(HttpServerRequest request, JsonObject body) {
    int fault = faults.apply(++written);
    String id = request.path().substring(NOTES.length()).replace("/", "");
    Note old = id.isEmpty() ? null : notes.get(Long.valueOf(id));
    if (fault == 0) {
      request.connection().close();
    } else if (fault >= 400) {
      request
          .response()
          .setStatusCode(fault)
          .putHeader("Retry-After", "3")
          .end("{\"message\":\"no\"}");
    } else if (request.method() == HttpMethod.PUT && (old == null || old.author != USER)) {
      request.response().setStatusCode(404).end("{\"message\":\"404 Note Not Found\"}");
    } else {
      long at = old == null ? add(USER, body.getString("body")) : Long.parseLong(id);
      notes.put(at, new Note(USER, body.getString("body")));
      if (fault < 0) {
        request.connection().close();
      } else {
        request
            .response()
            .setStatusCode(old == null ? 201 : 200)
            .end(new JsonObject().put("id", at).encode());
      }
    }
  }
}
