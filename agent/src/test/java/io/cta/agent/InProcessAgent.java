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
final class InProcessAgent implements AutoCloseable {
  private final AgentRunner agentRunner;
  private final CompletableFuture<Integer> exit;

  InProcessAgent(TestServer server, Path data, int slots) {
    this(server, data, slots, 16 << 20);
  }

  InProcessAgent(TestServer server, Path data, int slots, long logLimit) {
    AgentSettings settings =
        AgentSettingsBuilder.builder()
            .servers(List.of(URI.create(server.url())))
            .token(TestServer.TOKEN)
            .name("box")
            .named(true)
            .labels(List.of("fast"))
            .properties(Map.of("rack", List.of("7")))
            .slots(slots)
            .data(data)
            .logLimit(logLimit)
            .passEnv(List.of())
            .legacyResults(true)
            .link(new LinkSettings.WebSocket())
            .build();
    CompletableFuture<AgentRunner> made = new CompletableFuture<>();
    exit = CompletableFuture.supplyAsync(() -> run(settings, made), this::inThread);
    agentRunner = made.join();
  }

  void leave() {
    agentRunner.leave();
  }

  void leaveAtOnce() {
    agentRunner.leaveAtOnce();
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
    agentRunner.leaveAtOnce();
    exitCode();
  }

  private void inThread(Runnable work) {
    new Thread(work, "agent-main").start();
  }

  private static int run(AgentSettings settings, CompletableFuture<AgentRunner> made) {
    try (DataDirectory data = DataDirectory.open(settings.data())) {
      AgentRunner agentRunner = new AgentRunner(settings, data);
      made.complete(agentRunner);
      return agentRunner.run();
    } catch (Exception e) {
      made.completeExceptionally(e);
      throw new IllegalStateException(e);
    }
  }
}
