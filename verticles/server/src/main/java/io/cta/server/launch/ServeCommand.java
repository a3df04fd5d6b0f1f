package io.cta.server.launch;

import io.cta.error.ServiceFailure;
import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult;
import io.cta.server.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cta serve}: runs the server until TERM. */
@Command(name = "serve", description = "Run the server.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  /** The exit code that means: the server is up, do not end the process. */
  static final int STAYS = -1;

  private static final int BAD_CONFIGURATION = 78;
  private static final int SOFTWARE = 70;
  private static final long START_SECONDS = 120;
  private static final long STOP_SECONDS = 30;
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file; conf/cta.yaml lists every key. Default: none.")
  private Path file;

  @Override
  public Integer call() {
    ConfigResult result = ConfigLoader.load(Optional.ofNullable(file), System.getenv());
    if (result instanceof ConfigResult.Faulty faulty) {
      System.err.println("The configuration has errors:");
      faulty.errors().forEach(error -> System.err.println("  " + error));
      return BAD_CONFIGURATION;
    }
    return serve(((ConfigResult.Loaded) result).config());
  }

  private static int serve(ServerConfig config) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try {
      DataDirectory directory = DataDirectory.open(config.data());
      Server server =
          Server.start(vertx, config)
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(vertx, server, directory), "cta-stop"));
      new Greeting(server, config).print(System.out);
      return STAYS;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ServiceFailure failure) {
        System.err.println("The server cannot start: " + failure.getMessage());
      } else {
        log.error("the server could not start", e.getCause());
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } catch (TimeoutException e) {
      log.error("the server did not start within {} s", START_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    vertx.close();
    return SOFTWARE;
  }

  private static void stop(Vertx vertx, Server server, DataDirectory directory) {
    try (directory) {
      server
          .close()
          .eventually(vertx::close)
          .toCompletionStage()
          .toCompletableFuture()
          .get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | IOException e) {
      log.warn("the server did not stop cleanly: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
