package io.cta.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading page by page. */
@Timeout(20)
class EntityRepositoryTest {
  private static final DocumentQuery BY_TWO =
      DocumentQuery.of(StoreCollections.SCHEDULES, DocumentFilter.ALL, 2);

  private final Vertx vertx = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);
  private final EntityRepository<Schedule> schedules =
      new EntityRepository<>(store, StoreCollections.SCHEDULES, Schedule.class);

  @BeforeEach
  void five() {
    store.prepare(StoreCollections.ALL).await();
    for (String id : List.of("a", "b", "c", "d", "e")) {
      schedules.insert(id, schedule(id)).await();
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void eachIsHandedOutOnceInTheirOrder() {
    List<String> seen = new ArrayList<>();
    schedules.each(BY_TWO, found -> seen.add(found.value().id())).await();
    assertEquals(List.of("a", "b", "c", "d", "e"), seen);
  }

  @Test
  void thePageThatFollowsIsReadOnceTheWorkIsDone() {
    List<Integer> sizes = new ArrayList<>();
    Promise<Void> first = Promise.promise();
    Promise<Void> begun = Promise.promise();
    Future<Void> all =
        schedules.pages(
            BY_TWO,
            page -> {
              sizes.add(page.size());
              begun.tryComplete();
              return sizes.size() == 1 ? first.future() : Future.succeededFuture();
            });
    begun.future().await();
    assertEquals(List.of(2), sizes);
    first.complete();
    all.await();
    assertEquals(List.of(2, 2, 1), sizes);
  }

  @Test
  void workThatFailsEndsIt() {
    ServiceFailure no = new ServiceFailure(ErrorCode.UNAVAILABLE, "no");
    Future<Void> all = schedules.pages(BY_TWO, page -> Future.failedFuture(no));
    assertEquals(no, assertThrows(ServiceFailure.class, all::await));
    assertEquals(1, store.reads(StoreCollections.SCHEDULES));
  }

  private static Schedule schedule(String id) {
    return ScheduleBuilder.builder()
        .id(id)
        .name("n-" + id)
        .scenario("nightly")
        .cron("0 0 * * *")
        .enabled(true)
        .build();
  }
}
