package io.cta.server.store;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads, decides and writes, and does so again when somebody else has written in between. Bounded
 * by a number of tries: when all of them lost, it fails with CONFLICT. It does not rest between
 * tries, as each lost one means that somebody else's write was done. Same thread rules as {@link
 * DocumentStore}.
 *
 * @param <V> what was read, and what the write is decided on
 */
public final class CompareAndSetLoop<V> {
  private final String subject;
  private final int maxTries;
  private final Supplier<Future<V>> reader;

  /**
   * @param subject what is changed, for the text of the failure
   * @param maxTries writes that are tried, the first one included
   */
  public CompareAndSetLoop(String subject, int maxTries, Supplier<Future<V>> reader) {
    this.subject = subject;
    this.maxTries = maxTries;
    this.reader = reader;
  }

  /**
   * Begins with a read.
   *
   * @param write decides and writes; empty when the version that it was decided on is outdated
   */
  public <R> Future<R> run(Function<V, Future<Optional<R>>> write) {
    return read(write, maxTries);
  }

  /** Begins with what the caller has, and reads only when that is outdated. */
  public <R> Future<R> runFrom(V known, Function<V, Future<Optional<R>>> write) {
    return write(known, write, maxTries);
  }

  private <R> Future<R> read(Function<V, Future<Optional<R>>> write, int tries) {
    return tries == 0
        ? Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, subject + " is contended"))
        : reader.get().compose(found -> write(found, write, tries));
  }

  private <R> Future<R> write(V found, Function<V, Future<Optional<R>>> write, int tries) {
    return write
        .apply(found)
        .compose(
            done -> done.isPresent() ? Future.succeededFuture(done.get()) : read(write, tries - 1));
  }
}
