package io.cta.server.outgoing;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** An HTTP server on loopback that keeps what it gets. */
public final class RecordingReceiver {
  /** A request as it came. */
  public record ReceivedMessage(String path, MultiMap headers, Buffer body) {
    public String id() {
      return headers.get("webhook-id");
    }

    public String text() {
      return body.toString();
    }

    /** The headers for the specification's own library. */
    public HttpHeaders httpHeaders() {
      Map<String, List<String>> out = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.names().forEach(name -> out.put(name, headers.getAll(name)));
      return HttpHeaders.of(out, (name, value) -> true);
    }
  }

  public final List<ReceivedMessage> messages = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile BiConsumer<HttpServerRequest, Integer> answer =
      (request, number) -> request.response().end();

  public RecordingReceiver(Vertx vertx) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              messages.add(
                                  new ReceivedMessage(
                                      request.uri(),
                                      MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
                                      body));
                              answer.accept(request, messages.size());
                            }))
            .listen(0, "127.0.0.1")
            .await();
  }

  /** How it answers from now on; the number of a request counts from 1. */
  public void answers(BiConsumer<HttpServerRequest, Integer> next) {
    answer = next;
  }

  /** Answers all with a status. */
  public void answers(int status) {
    answers((request, number) -> request.response().setStatusCode(status).end());
  }

  public int port() {
    return server.actualPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  public Future<Void> close() {
    return server.close();
  }
}
