package io.cta.agent.result;

import io.vertx.core.Future;

/** Where reported results go: the test that runs now. Called on an event loop. */
public interface ResultReceiver {
  /** Whether the token is the running test's. */
  boolean accepts(String token);

  /** Whether a test runs at all. */
  boolean running();

  /** Records a result of the running test; completes with its index once it is not forgotten. */
  Future<Integer> record(ReportedResult report);

  /** A result that the running test sent was not taken: what it said is not known. */
  void refused(Throwable why);
}
