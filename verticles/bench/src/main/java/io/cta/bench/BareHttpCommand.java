package io.cta.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Answers every POST with 202 until it is killed. The bench starts it as a process of its own. */
@Command(name = "bare-http", hidden = true, description = "A bare Vert.x HTTP server.")
final class BareHttpCommand implements Callable<Integer> {
  private static final String ANSWER = "{\"id\":\"01BENCH0000000000000000000\"}";

  @Override
  public Integer call() throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body ->
                                request
                                    .response()
                                    .setStatusCode(202)
                                    .putHeader("Content-Type", "application/json")
                                    .end(ANSWER)))
            .listen(0, "127.0.0.1")
            .await();
    System.out.println("bare HTTP is ready at http://127.0.0.1:" + server.actualPort());
    new CountDownLatch(1).await();
    return 0;
  }
}
