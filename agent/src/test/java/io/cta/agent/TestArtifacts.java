package io.cta.agent;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server's side of artifacts, in memory, with its rules. */
final class TestArtifacts {
  static final String PATH = "/api/v1/agents/artifacts";

  final List<JsonObject> kept = new CopyOnWriteArrayList<>();
  final List<Long> offsets = new CopyOnWriteArrayList<>();
  private final Map<String, Buffer> contents = new ConcurrentHashMap<>();
  private final Map<String, Buffer> incoming = new ConcurrentHashMap<>();
  private volatile int failures;
  private volatile int failure = 503;
  private volatile boolean holding;
  private volatile int storing;

  /** The next requests are answered with that status. */
  void fail(int times, int status) {
    failure = status;
    failures = times;
  }

  /** Parts are answered no more, as by a server that hangs. */
  void hold(boolean on) {
    holding = on;
  }

  /** The next offers of whole contents are answered as by a server that is still storing them. */
  void storing(int times) {
    storing = times;
  }

  String text(String path) {
    return kept.stream()
        .filter(offer -> offer.getString("path").equals(path))
        .map(offer -> contents.get(offer.getString("sha256")).toString())
        .findFirst()
        .orElse(null);
  }

  List<String> paths(String taskId) {
    return kept.stream()
        .filter(offer -> offer.getString("taskId").equals(taskId))
        .map(offer -> offer.getString("path"))
        .sorted()
        .toList();
  }

  void handle(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    if (failures > 0) {
      failures--;
      request.response().setStatusCode(failure).end();
    } else if (request.method() == HttpMethod.POST) {
      offer(request, body.toJsonObject());
    } else {
      part(request, body);
    }
  }

  private void offer(HttpServerRequest request, JsonObject offer) {
    String sha256 = offer.getString("sha256");
    if (offer.getLong("size") == 0) {
      contents.put(sha256, Buffer.buffer());
    }
    boolean complete = contents.containsKey(sha256) && storing == 0;
    if (contents.containsKey(sha256) && storing > 0) {
      storing--;
    }
    if (complete) {
      kept.removeIf(old -> old.getString("path").equals(offer.getString("path")));
      kept.add(offer);
    }
    long offset = incoming.getOrDefault(sha256, Buffer.buffer()).length();
    progress(request, complete, offset);
  }

  private void part(HttpServerRequest request, Buffer body) {
    String sha256 = request.getHeader("X-CTA-SHA256");
    Buffer there = incoming.computeIfAbsent(sha256, key -> Buffer.buffer());
    long offset = Long.parseLong(request.getParam("offset"));
    if (offset != there.length()) {
      request.response().setStatusCode(412).end();
      return;
    }
    there.appendBuffer(body);
    offsets.add(offset);
    if (holding) {
      return;
    }
    if (there.length() == Long.parseLong(request.getParam("size")) && sha256.equals(sha(there))) {
      contents.put(sha256, there);
    }
    progress(request, false, there.length());
  }

  private static void progress(HttpServerRequest request, boolean complete, long offset) {
    request
        .response()
        .end(new JsonObject().put("complete", complete).put("offset", offset).toBuffer());
  }

  private static String sha(Buffer content) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
