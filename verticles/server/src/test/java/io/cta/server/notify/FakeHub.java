package io.cta.server.notify;

import io.cta.domain.ForgeBuilder;
import io.cta.domain.ForgeType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
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
 * A GitHub or Gitea as far as statuses and comments on pull request 12 of group/app go: GitHub
 * gives comments in pages, Gitea all of them at once; only the author may change one.
 */
final class FakeHub {
  static final long USER = 7;
  private static final String TOKEN = "hub-token-0123456789";
  private static final String COMMENTS = "/repos/group/app/issues/12/comments";
  private static final String COMMENT = "/repos/group/app/issues/comments/";

  record Comment(long author, String body) {}

  final Map<Long, Comment> comments = new TreeMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What happens to a write of a comment, by its number: a status, 0 for no answer after it. */
  volatile IntFunction<Integer> faults = number -> 200;

  private final ForgeType type;
  private final HttpServer server;
  private int written;
  private long ids = 1_000;

  FakeHub(NotifyFixture fixture, ForgeType type) {
    this.type = type;
    server =
        fixture
            .vertx
            .createHttpServer()
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .await();
    fixture
        .stores
        .forges
        .insert(
            "F",
            ForgeBuilder.builder()
                .id("F")
                .name("lab")
                .type(type)
                .url(url())
                .token(fixture.tokens.seal(TOKEN))
                .build())
        .await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  synchronized long add(long author, String body) {
    comments.put(++ids, new Comment(author, body));
    return ids;
  }

  synchronized List<Comment> own() {
    return comments.values().stream().filter(one -> one.author == USER).toList();
  }

  private void handle(HttpServerRequest request) {
    boolean github = type == ForgeType.GITHUB;
    String wanted = (github ? "Bearer " : "token ") + TOKEN;
    String base = github ? "" : "/api/v1";
    if (!wanted.equals(request.getHeader("Authorization")) || !request.path().startsWith(base)) {
      request.response().setStatusCode(401).end("{\"message\":\"no\"}");
      return;
    }
    String path = request.path().substring(base.length());
    asked.add(request.method() + " " + path);
    if (path.equals("/user")) {
      request.response().end(new JsonObject().put("id", USER).encode());
    } else if (path.contains("/statuses")) {
      boolean asks = request.method() == HttpMethod.GET;
      request.response().setStatusCode(asks ? 200 : 201).end(asks ? "[]" : "{}");
    } else if (path.equals(COMMENTS) && request.method() == HttpMethod.GET) {
      page(request);
    } else if (path.equals(COMMENTS) && request.method() == HttpMethod.POST) {
      request.body().onSuccess(body -> write(request, null, body.toJsonObject()));
    } else if (path.startsWith(COMMENT) && request.method() == HttpMethod.PATCH) {
      Long id = Long.valueOf(path.substring(COMMENT.length()));
      request.body().onSuccess(body -> write(request, id, body.toJsonObject()));
    } else {
      request.response().setStatusCode(404).end("{\"message\":\"Not Found\"}");
    }
  }

  private synchronized void page(HttpServerRequest request) {
    List<Map.Entry<Long, Comment>> all = new ArrayList<>(comments.entrySet());
    int size = type == ForgeType.GITHUB ? Integer.parseInt(request.getParam("per_page")) : 10_000;
    int page = type == ForgeType.GITHUB ? Integer.parseInt(request.getParam("page")) : 1;
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
                        .put("user", new JsonObject().put("id", one.getValue().author))));
    if ((long) page * size < all.size()) {
      request.response().putHeader("Link", "<" + url() + "/next>; rel=\"next\"");
    }
    request.response().end(out.encode());
  }

  private synchronized void write(HttpServerRequest request, Long id, JsonObject body) {
    int fault = faults.apply(++written);
    Comment old = id == null ? null : comments.get(id);
    if (fault >= 400) {
      request.response().setStatusCode(fault).end("{\"message\":\"no\"}");
    } else if (id != null && (old == null || old.author != USER)) {
      request.response().setStatusCode(404).end("{\"message\":\"Not Found\"}");
    } else {
      long at = old == null ? add(USER, body.getString("body")) : id;
      comments.put(at, new Comment(USER, body.getString("body")));
      if (fault == 0) {
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
