package io.cta.server.launch;

import io.cta.error.ServiceFailure;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.config.ConfigLoader;
import io.cta.server.config.ConfigResult;
import io.cta.server.config.ServerConfig;
import io.cta.server.config.ServerConfig.StoreType;
import io.cta.server.disk.StartupDiskCheck;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  /** Not an exit code: the server is up and the process must not end. */
  static final int KEEPS_RUNNING = -1;

  private static final int BAD_CONFIGURATION = 78;
  private static final int SOFTWARE = 70;
  private static final int NO_SPACE = 75;

  /** One for each processor: with more of them, they take turns instead of working together. */
  private static final int LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final long START_TIMEOUT_SECONDS = 120;
  private static final long STOP_TIMEOUT_SECONDS = 30;
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file; conf/cta.yaml lists every key. Default: none.")
  private Path file;

  @Option(
      names = "--cluster",
      description =
          "Be one of several equal servers; needs cluster.host, cluster.members, MongoDB and"
              + " RabbitMQ or Kafka in the configuration.")
  private boolean clustered;

  @Override
  public Integer call() {
    ConfigResult result = ConfigLoader.load(Optional.ofNullable(file), System.getenv());
    List<String> faults =
        result instanceof ConfigResult.Faulty faulty
            ? faulty.errors()
            : clustered ? ClusterRules.faults(config(result)) : List.of();
    if (!faults.isEmpty()) {
      System.err.println("The configuration has errors:");
      faults.forEach(error -> System.err.println("  " + error));
      return BAD_CONFIGURATION;
    }
    return serve(config(result));
  }

  private static ServerConfig config(ConfigResult result) {
    return ((ConfigResult.Loaded) result).config();
  }

  private int serve(ServerConfig config) {
    Vertx vertx = null;
    try {
      Optional<String> problem = diskProblem(config);
      if (problem.isPresent()) {
        System.err.println("The server could not start: " + problem.get());
        return NO_SPACE;
      }
      DataDirectory directory = DataDirectory.open(config.data());
      vertx =
          vertx(config)
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      Vertx made = vertx;
      CtaServer server =
          CtaServer.start(vertx, config, node(vertx, config))
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(made, server, directory), "cta-stop"));
      new StartupBanner(server, config).print(System.out);
      return KEEPS_RUNNING;
    } catch (ExecutionException e) {
      failed(e.getCause());
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } catch (TimeoutException e) {
      log.error("the server did not start within {} s", START_TIMEOUT_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (vertx != null) {
      vertx.close();
    }
    return SOFTWARE;
  }

  private static Optional<String> diskProblem(ServerConfig config) throws IOException {
    Files.createDirectories(config.data());
    return config.store().type() == StoreType.SQLITE
        ? StartupDiskCheck.problem(config.data())
        : Optional.empty();
  }

  /** A known failure, which the operator can fix, is one line; any other has its stack trace. */
  private static void failed(Throwable why) {
    if (why instanceof ServiceFailure known) {
      System.err.println("The server could not start: " + known.getMessage());
    } else {
      log.error("the server could not start", why);
    }
  }

  private ClusterNode node(Vertx vertx, ServerConfig config) {
    return clustered ? ClusterNode.of(vertx, config.cluster().deadAfter()) : ClusterNode.ALONE;
  }

  private Future<Vertx> vertx(ServerConfig config) {
    VertxOptions options =
        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(LOOPS);
    // nodes of another database must not join because of a wrong address
    return clustered
        ? ClusteredVertx.join(options, config.cluster(), "cta-" + config.store().mongo().database())
        : Future.succeededFuture(Vertx.vertx(options));
  }

  private static void stop(Vertx vertx, CtaServer server, DataDirectory directory) {
    try (directory) {
      server
          .close()
          .eventually(vertx::close)
          .toCompletionStage()
          .toCompletableFuture()
          .get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | IOException e) {
      log.warn("the server did not stop cleanly: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
