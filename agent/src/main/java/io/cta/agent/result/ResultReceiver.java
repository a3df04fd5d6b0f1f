package io.cta.agent.result;

import io.vertx.core.Future;

/** Takes the results that the running test reports. Called on an event loop. */
public interface ResultReceiver {
  /** Whether the token is the running test's. */
  boolean accepts(String token);

  /** Whether a test runs at all. */
  boolean running();

  /** Records a result of the running test; completes with its index once it is in the journal. */
  Future<Integer> record(ReportedResult report);

  /** A result of the running test was refused, so that its content is not known. */
  void refused(Throwable why);
}
