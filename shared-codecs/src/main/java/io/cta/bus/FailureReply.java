package io.cta.bus;

import io.cta.error.ServiceFailure;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** The reply to a request that failed, with the whole failure. */
final class FailureReply extends ReplyException {
  private final transient ServiceFailure failure;

  FailureReply(ServiceFailure failure) {
    super(ReplyFailure.RECIPIENT_FAILURE, failure.code().status(), failure.getMessage(), true);
    this.failure = failure;
  }

  ServiceFailure failure() {
    return failure;
  }
}
