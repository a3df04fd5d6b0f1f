package io.cta.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The verticles of a partition share an event loop, and come and go together. */
@Timeout(30)
class PartitionOwnerTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> story = new CopyOnWriteArrayList<>();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theySpeakOnOneThread() {
    String id = vertx.deployVerticle(new PartitionOwner(List.of(part("a"), part("b")))).await();
    for (int i = 0; i < 20; i++) {
      vertx.eventBus().request("a", "").await();
      vertx.eventBus().request("b", "").await();
    }
    assertEquals(1, threads.size(), threads::toString);
    vertx.undeploy(id).await();
    assertEquals(List.of("a starts", "b starts", "a stops", "b stops"), story);
    assertThrows(RuntimeException.class, () -> vertx.eventBus().request("a", "").await());
  }

  @Test
  void oneThatDoesNotStartFailsThemAll() {
    VerticleBase broken =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            throw new IllegalStateException("broken");
          }
        };
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> vertx.deployVerticle(new PartitionOwner(List.of(part("a"), broken))).await());
    assertEquals("broken", failure.getMessage());
  }

  private VerticleBase part(String name) {
    return new VerticleBase() {
      @Override
      public Future<?> start() {
        story.add(name + " starts");
        vertx
            .eventBus()
            .localConsumer(
                name,
                message -> {
                  threads.add(Thread.currentThread().getName());
                  message.reply("");
                });
        return Future.succeededFuture();
      }

      @Override
      public Future<?> stop() {
        story.add(name + " stops");
        return Future.succeededFuture();
      }
    };
  }
}
