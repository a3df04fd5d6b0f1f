package io.cta.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller learns at once what went wrong, with code and text. */
@Timeout(20)
class BusAdapterTest {
  private final Vertx vertx = Vertx.vertx();

  @BeforeEach
  void register() {
    BusCodecs.register(vertx);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalComesBackWithItsCodeAndText(ErrorCode code) {
    ServiceFailure heard = refused(x -> Future.failedFuture(new ServiceFailure(code, "no: é")));
    assertEquals(code, heard.code());
    assertEquals("no: é", heard.getMessage());
    assertNull(heard.field());
  }

  @Test
  void aRefusalComesBackWithItsFieldItsRuleAndTheTimeToWait() {
    ServiceFailure input =
        refused(x -> Future.failedFuture(ServiceFailure.invalid("tests[0].name", "is required")));
    assertEquals("tests[0].name", input.field());
    assertEquals("is required", input.rule());
    ServiceFailure later = refused(x -> Future.failedFuture(ServiceFailure.tooMany("slowly", 7)));
    assertEquals(7, later.retrySeconds());
  }

  @Test
  void aHandlerThatThrowsIsAnsweredToo() {
    assertEquals(
        ErrorCode.NOT_FOUND,
        refused(
                x -> {
                  throw ServiceFailure.notFound("task", "1");
                })
            .code());
    ServiceFailure unknown =
        refused(
            x -> {
              throw new IllegalStateException("secret");
            });
    assertEquals(ErrorCode.INTERNAL, unknown.code());
    assertEquals("internal error", unknown.getMessage());
  }

  @Test
  void noAnswerIsATimeoutAndNoServiceIsUnavailable() {
    assertEquals(ErrorCode.UNAVAILABLE, ask(10_000).code());
    BusAdapter.<ExecutionRef>serve(vertx, "a", x -> Promise.promise().future());
    assertEquals(ErrorCode.TIMEOUT, ask(20).code());
  }

  @Test
  void aSubscriberThatThrowsGetsTheNextAnnouncement() {
    List<String> heard = new ArrayList<>();
    Promise<Void> second = Promise.promise();
    BusAdapter.<ExecutionRef>hear(
        vertx,
        "news",
        ref -> {
          heard.add(ref.executionId());
          if (heard.size() == 1) {
            throw new IllegalStateException("the first one is too much");
          }
          second.complete();
        });
    BusAdapter.announce(vertx, "news", new ExecutionRef("1"));
    BusAdapter.announce(vertx, "news", new ExecutionRef("2"));
    second.future().await();
    assertEquals(List.of("1", "2"), heard);
  }

  @Test
  void subscribersAlsoGetWhatIsPassedOn() {
    List<String> heard = new CopyOnWriteArrayList<>();
    Promise<Void> last = Promise.promise();
    BusAdapter.<ExecutionRef>hear(vertx, "news", ref -> heard.add(ref.executionId()));
    BusAdapter.<ExecutionRef>hearFrom(
        vertx,
        "news",
        (ref, origin) -> {
          heard.add(ref.executionId() + " " + origin);
          if (origin == EventOrigin.STORE) {
            last.complete();
          }
        });
    BusAdapter.announce(vertx, "news", new ExecutionRef("1"));
    BusAdapter.passOn(vertx, "news", new ExecutionRef("2"), EventOrigin.ELSEWHERE);
    BusAdapter.passOn(vertx, "news", new ExecutionRef("3"), EventOrigin.STORE);
    last.future().await();
    assertEquals(Set.of("1", "1 HERE", "2", "2 ELSEWHERE", "3", "3 STORE"), Set.copyOf(heard));
  }

  @Test
  void nothingComesAfterUnregistering() {
    List<String> heard = new ArrayList<>();
    EventSubscription subscription =
        BusAdapter.<ExecutionRef>hear(vertx, "news", ref -> heard.add(ref.executionId()));
    subscription.unregister().await();
    Promise<Void> last = Promise.promise();
    BusAdapter.<ExecutionRef>hear(vertx, "news", ref -> last.tryComplete());
    BusAdapter.announce(vertx, "news", new ExecutionRef("1"));
    BusAdapter.passOn(vertx, "news", new ExecutionRef("2"), EventOrigin.ELSEWHERE);
    last.future().await();
    assertEquals(List.of(), heard);
  }

  private ServiceFailure refused(Function<ExecutionRef, Future<?>> handler) {
    MessageConsumer<ExecutionRef> consumer = BusAdapter.serve(vertx, "a", handler);
    ServiceFailure refused = ask(10_000);
    consumer.unregister().await();
    return refused;
  }

  private ServiceFailure ask(long timeoutMillis) {
    Future<Object> asked = BusAdapter.ask(vertx, "a", new ExecutionRef("1"), timeoutMillis);
    return assertThrows(ServiceFailure.class, asked::await);
  }
}
