package io.cta.bus;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves, requests and announces on the event bus. When a handler throws or fails, the caller gets
 * the whole failure at once instead of a timeout.
 */
public final class BusAdapter {
  private static final Logger log = LoggerFactory.getLogger(BusAdapter.class);

  private static final String ORIGIN = "origin";

  /**
   * Suffix of the addresses for announcements that were not made on this node, so that local ones
   * need no header for their origin.
   */
  private static final String PASSED_ON = ".passed-on";

  private BusAdapter() {}

  /** Answers requests on this node with the result of the handler's future, which may be null. */
  public static <T> MessageConsumer<T> serve(
      Vertx vertx, String address, Function<T, Future<?>> handler) {
    return vertx.eventBus().localConsumer(address, message -> answer(message, handler));
  }

  /**
   * Answers requests from any node; wait for the consumer's completion before reporting the service
   * as ready.
   */
  public static <T> MessageConsumer<T> serveNodes(
      Vertx vertx, String address, Function<T, Future<?>> handler) {
    return vertx.eventBus().consumer(address, message -> answer(message, handler));
  }

  /**
   * Subscribes to announcements; when the handler throws, the failure is logged and the next
   * announcement is still delivered.
   */
  public static <T> EventSubscription hear(Vertx vertx, String address, Consumer<T> handler) {
    return hearFrom(vertx, address, (T body, EventOrigin origin) -> handler.accept(body));
  }

  /** Like {@link #hear}, and tells the handler where each announcement was made. */
  public static <T> EventSubscription hearFrom(
      Vertx vertx, String address, BiConsumer<T, EventOrigin> handler) {
    return new EventSubscription(
        BusAdapter.<T>listen(
            vertx, address, message -> handler.accept(message.body(), EventOrigin.HERE)),
        BusAdapter.<T>listen(
            vertx,
            address + PASSED_ON,
            message ->
                handler.accept(
                    message.body(), EventOrigin.valueOf(message.headers().get(ORIGIN)))));
  }

  private static <T> MessageConsumer<T> listen(
      Vertx vertx, String address, Consumer<Message<T>> handler) {
    return vertx
        .eventBus()
        .localConsumer(
            address,
            (Message<T> message) -> {
              try {
                handler.accept(message);
              } catch (RuntimeException e) {
                log.error("announcement not handled [address: {}]", address, e);
              }
            });
  }

  /**
   * Sends a request on this node; a failure comes back as the {@link ServiceFailure} that the
   * service answered with.
   */
  public static <R> Future<R> ask(Vertx vertx, String address, Object body, long timeoutMillis) {
    return ask(vertx, address, body, new DeliveryOptions().setLocalOnly(true), timeoutMillis);
  }

  /** As {@link #ask}; empty when nobody on this node serves the address. */
  public static <R> Future<Optional<R>> askIfServed(
      Vertx vertx, String address, Object body, long timeoutMillis) {
    DeliveryOptions here = new DeliveryOptions().setLocalOnly(true);
    return BusAdapter.<R>request(vertx, address, body, here, timeoutMillis)
        .map(Optional::of)
        .recover(
            e ->
                e instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure(address, e)));
  }

  /** Sends a request to whichever node serves the address. */
  public static <R> Future<R> askNode(
      Vertx vertx, String address, Object body, long timeoutMillis) {
    return ask(vertx, address, body, new DeliveryOptions(), timeoutMillis);
  }

  private static <R> Future<R> ask(
      Vertx vertx, String address, Object body, DeliveryOptions options, long timeoutMillis) {
    return BusAdapter.<R>request(vertx, address, body, options, timeoutMillis)
        .recover(e -> Future.failedFuture(failure(address, e)));
  }

  private static <R> Future<R> request(
      Vertx vertx, String address, Object body, DeliveryOptions options, long timeoutMillis) {
    return vertx
        .eventBus()
        .<R>request(address, body, options.setSendTimeout(timeoutMillis))
        .map(Message::body);
  }

  /** Announces a change made on this node. */
  public static void announce(Vertx vertx, String address, Object body) {
    vertx.eventBus().publish(address, body, new DeliveryOptions().setLocalOnly(true));
  }

  /**
   * Announces on this node a change that was made elsewhere, whether its announcement came or not.
   */
  public static void passOn(Vertx vertx, String address, Object body, EventOrigin origin) {
    vertx
        .eventBus()
        .publish(
            address + PASSED_ON,
            body,
            new DeliveryOptions().setLocalOnly(true).addHeader(ORIGIN, origin.name()));
  }

  private static <T> void answer(Message<T> message, Function<T, Future<?>> handler) {
    Future<?> outcome;
    try {
      outcome = handler.apply(message.body());
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onSuccess(message::reply).onFailure(e -> fail(message, e));
  }

  private static void fail(Message<?> message, Throwable e) {
    if (!(e instanceof ServiceFailure)) {
      log.error("request failed [address: {}]", message.address(), e);
    }
    message.reply(new FailureReply(ServiceFailure.of(e)));
  }

  private static ServiceFailure failure(String address, Throwable e) {
    if (e instanceof FailureReply answered) {
      return answered.failure();
    }
    if (!(e instanceof ReplyException reply)) {
      return new ServiceFailure(ErrorCode.INTERNAL, address + ": " + e.getMessage());
    }
    return switch (reply.failureType()) {
      case TIMEOUT -> new ServiceFailure(ErrorCode.TIMEOUT, address + " did not answer in time");
      case NO_HANDLERS -> new ServiceFailure(ErrorCode.UNAVAILABLE, "nobody serves " + address);
      default -> new ServiceFailure(ErrorCode.INTERNAL, address + ": " + reply.getMessage());
    };
  }
}
