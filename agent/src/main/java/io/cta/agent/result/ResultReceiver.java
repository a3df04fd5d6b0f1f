package io.cta.agent.result;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/** Takes the results that the running test reports. Called on an event loop. */
public interface ResultReceiver {
  /** Whether the token is the running test's. */
  boolean accepts(String token);

  /** Whether a test runs at all. */
  boolean running();

  /** Records a result of the running test; completes with its index once it is in the journal. */
  Future<Integer> record(ReportedResult report);

  /** Most bytes of a file that the running test may send. */
  long maxFileBytes();

  /** Where a file may be written that is just being received. */
  Path incoming();

  /**
   * Keeps a received file for the server; the file itself is deleted. Fails with INVALID or
   * TOO_LARGE when it is not kept.
   *
   * @param name under which it is kept, a path with slashes
   */
  Future<JsonObject> keep(String name, Path file);

  /** A result of the running test was refused, so that its content is not known. */
  void refused(Throwable why);
}
