package io.cta.server.push;

import io.vertx.core.Future;

/** Takes the files of one execution. Any event loop. */
interface PushTarget {
  /** Completes when the file is there; fails with {@link PushFailure}. */
  Future<Void> put(ResultFile file);
}
