package io.cta.server.http;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Limits the memory of request bodies. Each body counts with the most bytes it may become, from
 * before its first byte is read until its request is answered.
 */
public final class BodyBudget {
  private final AddressQuota bodies;
  private final AddressQuota bytes;

  public BodyBudget(HttpLimits limits) {
    bodies = new AddressQuota(limits.bodies(), limits.bodiesPerAddress());
    bytes = new AddressQuota(limits.bodyBytes(), limits.bodyBytesPerAddress());
  }

  /**
   * Reserves space for the request's body; throws TOO_MANY when the address's limit is reached,
   * UNAVAILABLE when the total limit is.
   *
   * @param most bytes the body may have
   */
  public void admit(RoutingContext ctx, long most) {
    String address = ClientAddress.of(ctx.request().remoteAddress());
    long size = size(ctx, most);
    requireGranted(bodies.take(address, 1));
    try {
      requireGranted(bytes.take(address, size));
    } catch (ServiceFailure e) {
      bodies.giveBack(address, 1);
      throw e;
    }
    ctx.addEndHandler(
        done -> {
          bodies.giveBack(address, 1);
          bytes.giveBack(address, size);
        });
  }

  /** Bodies counted now. */
  public long bodies() {
    return bodies.taken();
  }

  private static long size(RoutingContext ctx, long most) {
    String length = ctx.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? most : Math.min(most, Math.max(0, Long.parseLong(length.trim())));
    } catch (NumberFormatException e) {
      return most;
    }
  }

  private static void requireGranted(AddressQuota.Answer answer) {
    switch (answer) {
      case GRANTED -> {}
      case ADDRESS_FULL ->
          throw new ServiceFailure(
              ErrorCode.TOO_MANY, "too many requests with a body from your address at once");
      case FULL ->
          throw new ServiceFailure(
              ErrorCode.UNAVAILABLE, "too many requests with a body at once, try again");
    }
  }
}
