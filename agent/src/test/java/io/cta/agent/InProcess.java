package io.cta.agent;

import io.cta.agent.identity.DataDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An agent in the test's JVM, with everything it has when it is a process of its own. */
final class InProcess implements AutoCloseable {
  private final Program program;
  private final CompletableFuture<Integer> exit;

  InProcess(TestServer server, Path data, int slots) {
    this(server, data, slots, 16 << 20);
  }

  InProcess(TestServer server, Path data, int slots, long logLimit) {
    Settings settings =
        new Settings(
            List.of(URI.create(server.url())),
            TestServer.TOKEN,
            "box",
            true,
            List.of("fast"),
            Map.of("rack", List.of("7")),
            slots,
            data,
            logLimit,
            0,
            List.of(),
            true,
            new LinkSettings.WebSocket());
    CompletableFuture<Program> made = new CompletableFuture<>();
    exit = CompletableFuture.supplyAsync(() -> run(settings, made), this::inThread);
    program = made.join();
  }

  void leave() {
    program.leave();
  }

  void leaveAtOnce() {
    program.leaveAtOnce();
  }

  boolean gone() {
    return exit.isDone();
  }

  int exitCode() {
    try {
      return exit.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the agent did not leave", e);
    }
  }

  @Override
  public void close() {
    program.leaveAtOnce();
    exitCode();
  }

  private void inThread(Runnable work) {
    new Thread(work, "agent-main").start();
  }

  private static int run(Settings settings, CompletableFuture<Program> made) {
    try (DataDirectory data = DataDirectory.open(settings.data())) {
      Program program = new Program(settings, data);
      made.complete(program);
      return program.run();
    } catch (Exception e) {
      made.completeExceptionally(e);
      throw new IllegalStateException(e);
    }
  }
}
