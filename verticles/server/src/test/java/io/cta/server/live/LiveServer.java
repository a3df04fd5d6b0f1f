package io.cta.server.live;

import io.cta.bus.Codecs;
import io.cta.domain.Role;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.security.Principal;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.Collections;
import io.cta.server.store.Document;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Filter;
import io.cta.server.store.Page;
import io.cta.server.store.Query;
import io.cta.server.store.Repository;
import io.cta.server.store.Write;
import io.cta.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The feed on a real port. Known tokens: {@code viewer}, {@code agent}; cookie: {@code good}. */
final class LiveServer {
  final Vertx vertx;
  // held here: one that nobody holds is closed when it is collected
  final WebSocketClient sockets;
  final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private HttpServer http;

  LiveServer(Vertx vertx) {
    this.vertx = vertx;
    sockets = vertx.createWebSocketClient();
  }

  Future<LiveServer> start(LiveLimits limits) {
    Codecs.register(vertx);
    Repository<Task> tasks = new Repository<>(new NoTasks(), Collections.TASKS, Task.class);
    LiveVerticle live =
        new LiveVerticle(tasks, this::bearer, this::session, limits, Ticker.system());
    return vertx
        .deployVerticle(live)
        .compose(
            id -> {
              Router router = Router.router(vertx);
              live.mount(router);
              HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
              return vertx.createHttpServer(options).requestHandler(router).listen();
            })
        .map(
            server -> {
              http = server;
              return this;
            });
  }

  int port() {
    return http.actualPort();
  }

  private Future<Principal> bearer(String token) {
    return revoked.contains(token) ? refused() : known(token);
  }

  private Future<Principal> known(String token) {
    return switch (token) {
      case "viewer" -> Future.succeededFuture(new Principal("vera", "u1", Role.VIEWER, null, null));
      case "agent" -> Future.succeededFuture(new Principal("box", null, null, null, "m1"));
      default -> refused();
    };
  }

  private Future<Principal> session(RoutingContext ctx) {
    return ctx.request().getCookie("cta_session").getValue().equals("good")
        ? known("viewer")
        : refused();
  }

  private static Future<Principal> refused() {
    return Future.failedFuture(new ServiceFailure(ErrorCode.UNAUTHENTICATED, "unknown token"));
  }

  /** A store in which no task runs. */
  private static final class NoTasks implements DocumentStore {
    @Override
    public Future<Void> prepare(List<CollectionSpec> collections) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Optional<Document>> get(CollectionSpec collection, String id) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Page<Document>> find(Query query) {
      return Future.succeededFuture(new Page<>(List.of(), null));
    }

    @Override
    public Future<Long> count(CollectionSpec collection, Filter filter) {
      return Future.succeededFuture(0L);
    }

    @Override
    public Future<Map<String, Long>> countBy(CollectionSpec c, Filter filter, String field) {
      return Future.succeededFuture(Map.of());
    }

    @Override
    public Future<List<Write.Outcome>> apply(List<Write> writes) {
      return Future.failedFuture("read only");
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
