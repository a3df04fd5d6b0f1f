package io.cta.broker.kafka.connection;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Handler;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Classifies the failures of Kafka's clients and translates them for CTA. */
public final class KafkaFailures {
  private static final Logger log = LoggerFactory.getLogger(KafkaFailures.class);

  private KafkaFailures() {}

  public static ServiceFailure closed() {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, "the broker is closed");
  }

  public static ServiceFailure full(String what) {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, what);
  }

  public static Throwable root(Throwable e) {
    Throwable root = e;
    while ((root instanceof CompletionException || root instanceof ExecutionException)
        && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Whether a later try may succeed without anybody's help. */
  public static boolean temporary(Throwable e) {
    return root(e) instanceof RetriableException;
  }

  static boolean missing(Throwable e) {
    return root(e) instanceof UnknownTopicOrPartitionException;
  }

  /** 401 or 403 when Kafka refused our credentials or rights, else 0. */
  static int refusal(Throwable e) {
    Throwable root = root(e);
    return root instanceof AuthenticationException
        ? ErrorCode.UNAUTHENTICATED.status()
        : root instanceof AuthorizationException ? ErrorCode.FORBIDDEN.status() : 0;
  }

  /** The failure that a caller of the broker gets. */
  public static ServiceFailure toServiceFailure(String queue, Throwable e) {
    Throwable root = root(e);
    if (root instanceof ServiceFailure translated) {
      return translated;
    }
    if (missing(root)) {
      return ServiceFailure.notFound("queue", queue);
    }
    ErrorCode code =
        root instanceof RecordTooLargeException
            ? ErrorCode.TOO_LARGE
            : root instanceof InvalidTopicException
                ? ErrorCode.INVALID
                : refusal(root) > 0 ? ErrorCode.ofStatus(refusal(root)) : ErrorCode.UNAVAILABLE;
    return new ServiceFailure(code, "kafka, queue " + queue + ": " + text(root));
  }

  public static String text(Throwable e) {
    Throwable root = root(e);
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /** Logs a failure that does no harm or will show elsewhere. */
  public static Handler<Throwable> ignored(String what) {
    return e -> log.debug("{}", what, e);
  }
}
