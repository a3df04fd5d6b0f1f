package io.cta.bus;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way every service listens and asks on the bus: a handler that throws or fails is answered
 * with its code and text, never with silence.
 */
public final class Consumers {
  private static final Logger log = LoggerFactory.getLogger(Consumers.class);

  private Consumers() {}

  /** Answers requests on this node with what the handler's future brings (nothing: null). */
  public static <T> MessageConsumer<T> serve(
      Vertx vertx, String address, Function<T, Future<?>> handler) {
    return vertx.eventBus().localConsumer(address, message -> answer(message, handler));
  }

  /** Hears announcements; a handler that throws is logged and hears the next one. */
  public static <T> MessageConsumer<T> hear(Vertx vertx, String address, Consumer<T> handler) {
    return vertx
        .eventBus()
        .localConsumer(
            address,
            (Message<T> message) -> {
              try {
                handler.accept(message.body());
              } catch (RuntimeException e) {
                log.error("announcement not handled [address: {}]", address, e);
              }
            });
  }

  /** Asks on this node; a refusal comes back as the {@link ServiceFailure} it was. */
  public static <R> Future<R> ask(Vertx vertx, String address, Object body, long timeoutMillis) {
    DeliveryOptions options =
        new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeoutMillis);
    return vertx
        .eventBus()
        .<R>request(address, body, options)
        .map(Message::body)
        .recover(e -> Future.failedFuture(failure(address, e)));
  }

  /** Announces on this node. */
  public static void announce(Vertx vertx, String address, Object body) {
    vertx.eventBus().publish(address, body, new DeliveryOptions().setLocalOnly(true));
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
    if (e instanceof ServiceFailure known) {
      message.fail(known.code().status(), known.getMessage());
    } else {
      log.error("request failed [address: {}]", message.address(), e);
      message.fail(ErrorCode.INTERNAL.status(), "internal error");
    }
  }

  private static ServiceFailure failure(String address, Throwable e) {
    if (!(e instanceof ReplyException reply)) {
      return new ServiceFailure(ErrorCode.INTERNAL, address + ": " + e.getMessage());
    }
    return switch (reply.failureType()) {
      case TIMEOUT -> new ServiceFailure(ErrorCode.TIMEOUT, address + " did not answer in time");
      case NO_HANDLERS -> new ServiceFailure(ErrorCode.UNAVAILABLE, "nobody serves " + address);
      default -> new ServiceFailure(ErrorCode.ofStatus(reply.failureCode()), reply.getMessage());
    };
  }
}
