package io.cta.server.http;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Keeps the bodies of requests within what memory holds: each counts with the bytes that it may
 * become, from before its first byte is read until its request is answered.
 */
public final class BodyBudget {
  private final AddressQuota bodies;
  private final AddressQuota bytes;

  public BodyBudget(HttpLimits limits) {
    bodies = new AddressQuota(limits.bodies(), limits.bodiesPerAddress());
    bytes = new AddressQuota(limits.bodyBytes(), limits.bodyBytesPerAddress());
  }

  /**
   * Makes room for the request's body; fails with TOO_MANY for an address that has too many, with
   * UNAVAILABLE when all together have.
   *
   * @param most bytes that the body may have at most
   */
  public void admit(RoutingContext ctx, long most) {
    String address = ClientAddress.of(ctx.request().remoteAddress());
    long size = size(ctx, most);
    granted(bodies.take(address, 1));
    try {
      granted(bytes.take(address, size));
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

  /** Bodies that are there now. */
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

  private static void granted(AddressQuota.Answer answer) {
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
