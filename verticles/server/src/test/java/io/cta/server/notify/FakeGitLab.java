package io.cta.server.notify;

import io.cta.domain.ForgeBuilder;
import io.cta.domain.ForgeType;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * GitLab's commit statuses, with its table of transitions: what it refuses is refused here. Faults
 * are asked for by the number of a POST.
 */
final class FakeGitLab {
  /** What is done with one request. */
  enum Fault {
    NONE,
    RESET_BEFORE,
    RESET_AFTER,
    CUT,
    BUSY,
    TOO_MANY,
    ERROR
  }

  static final String TOKEN = "glpat-0123456789";

  /** Each POST: its state, and what was answered; 0 for none. */
  record Post(String path, JsonObject body, int answered) {
    String state() {
      return body.getString("state");
    }
  }

  /** A row of statuses, whose last state is the present one. */
  record Row(long id, String ref, String name, List<String> states, JsonObject last) {
    String state() {
      return states.get(states.size() - 1);
    }

    boolean open() {
      return state().equals("pending") || state().equals("running");
    }
  }

  final List<Post> posts = new CopyOnWriteArrayList<>();
  final List<Row> rows = new ArrayList<>();
  final AtomicInteger overlaps = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger numbers = new AtomicInteger();
  final FakeGitLabNotes notes = new FakeGitLabNotes();
  private final HttpServer server;
  private final Vertx vertx;

  /** The only pipeline of the commit; 0 when any will do. */
  volatile int pipeline;

  volatile IntFunction<Fault> faults = number -> Fault.NONE;

  FakeGitLab(Vertx vertx) {
    this.vertx = vertx;
    server = vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1").await();
  }

  /** Has it as the forge "lab". */
  void knownTo(NotifyFixture fixture) {
    fixture
        .stores
        .forges
        .insert(
            "F",
            ForgeBuilder.builder()
                .id("F")
                .name("lab")
                .type(ForgeType.GITLAB)
                .url(url())
                .token(fixture.tokens.seal(TOKEN))
                .tokenRevision(1)
                .build())
        .await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/gitlab";
  }

  private void handle(HttpServerRequest request) {
    if (!TOKEN.equals(request.getHeader("PRIVATE-TOKEN"))) {
      answer(request, 401, new JsonObject().put("message", "401 Unauthorized"));
      return;
    }
    if (notes.takes(request)) {
      return;
    }
    if (request.method() == HttpMethod.GET) {
      String name = request.getParam("name");
      JsonArray found = new JsonArray();
      rows.stream()
          .filter(row -> row.name.equals(name))
          .reduce((a, b) -> b)
          .ifPresent(row -> found.add(row.last.copy().put("id", row.id)));
      request.response().putHeader("Content-Type", "application/json").end(found.encode());
      return;
    }
    if (inFlight.incrementAndGet() > 1) {
      overlaps.incrementAndGet();
    }
    request
        .body()
        .onSuccess(
            body ->
                vertx
                    .timer(5, java.util.concurrent.TimeUnit.MILLISECONDS)
                    .onSuccess(
                        later -> {
                          inFlight.decrementAndGet();
                          post(request, body.toJsonObject());
                        }));
  }

  private void post(HttpServerRequest request, JsonObject body) {
    Fault fault = faults.apply(numbers.incrementAndGet());
    String path = URLDecoder.decode(request.path(), StandardCharsets.UTF_8);
    switch (fault) {
      case RESET_BEFORE -> {
        posts.add(new Post(path, body, 0));
        request.connection().close();
      }
      case TOO_MANY -> {
        posts.add(new Post(path, body, 429));
        request.response().putHeader("Retry-After", "40");
        answer(request, 429, new JsonObject().put("message", "Retry later"));
      }
      case BUSY -> {
        posts.add(new Post(path, body, 409));
        answer(request, 409, new JsonObject().put("message", "409 Conflict"));
      }
      case ERROR -> {
        posts.add(new Post(path, body, 502));
        answer(request, 502, new JsonObject().put("message", "502"));
      }
      default -> {
        int given = body.getInteger("pipeline_id", 0);
        if (pipeline != 0 && given != 0 && given != pipeline) {
          String text = "404 Pipeline for pipeline_id, sha and ref Not Found";
          answer(request, 404, new JsonObject().put("message", text));
          return;
        }
        String refusal = take(body);
        posts.add(new Post(path, body, refusal == null ? 201 : 400));
        if (fault == Fault.RESET_AFTER) {
          request.connection().close();
        } else if (fault == Fault.CUT) {
          request.response().setStatusCode(201).putHeader("Content-Length", "100").write("{");
          vertx.runOnContext(v -> request.connection().close());
        } else if (refusal != null) {
          answer(request, 400, new JsonObject().put("message", refusal));
        } else {
          answer(request, 201, new JsonObject().put("status", body.getString("state")));
        }
      }
    }
  }

  private static void answer(HttpServerRequest request, int code, JsonObject body) {
    request.response().setStatusCode(code).end(body.encode());
  }

  /** Null when it is taken, else the text of the refusal. */
  private String take(JsonObject body) {
    String state = body.getString("state");
    Row row =
        rows.stream()
            .filter(one -> one.open() && one.name.equals(body.getString("name")))
            .filter(one -> one.ref.equals(body.getString("ref", "")))
            .findFirst()
            .orElse(null);
    if (body.getString("description", "").length() > 255) {
      return "description is too long";
    }
    if (row == null) {
      List<String> states = new ArrayList<>(List.of(state));
      rows.add(
          new Row(
              rows.size() + 1,
              body.getString("ref", ""),
              body.getString("name"),
              states,
              shown(new JsonObject(), body)));
      return null;
    }
    String event = state.equals("pending") ? "enqueue" : state.equals("running") ? "run" : null;
    if (event != null && (state.equals("pending") || row.state().equals("running"))) {
      return "Cannot transition status via :%s from :%s (Reason(s): Status cannot transition)"
          .formatted(event, row.state());
    }
    row.states.add(state);
    shown(row.last, body);
    return null;
  }

  private static JsonObject shown(JsonObject row, JsonObject body) {
    return row.put("status", body.getString("state"))
        .put("name", body.getString("name"))
        .put("ref", body.getString("ref"))
        .put("target_url", body.getString("target_url"))
        .put("description", body.getString("description"));
  }
}
