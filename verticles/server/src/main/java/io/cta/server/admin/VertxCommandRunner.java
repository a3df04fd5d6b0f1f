package io.cta.server.admin;

import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;
import picocli.CommandLine;

/** Runs a command on its own Vert.x and turns a failure into an exit code. */
final class VertxCommandRunner {
  static final int OK = 0;
  static final int REFUSED = 1;
  static final int USAGE = 64;
  static final int NO_STORE = 69;

  private VertxCommandRunner() {}

  static int run(CommandLine command, Function<Vertx, Future<Void>> work) {
    Vertx vertx = Vertx.vertx();
    try {
      work.apply(vertx).await();
      return OK;
    } catch (ServiceFailure e) {
      command.getErr().println("cta: " + e.getMessage());
      return switch (e.code()) {
        case INVALID -> USAGE;
        case UNAVAILABLE -> NO_STORE;
        default -> REFUSED;
      };
    } finally {
      vertx.close().await();
    }
  }
}
