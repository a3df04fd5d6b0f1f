package io.cta.bench.chaos;

import io.cta.bench.fleet.Api;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An installation of CTA: which parts it has, and how it is asked. A cluster is another one, with
 * several servers among its parts and an API that asks whichever of them is up.
 */
interface Topology extends AutoCloseable {
  /** Starts every part; returns when all work and the agents are online. */
  void start();

  /** What may be hit. */
  List<Part> parts();

  Api api();

  /** What servers have printed, by the name of the part. */
  Map<String, Path> serverLogs();

  Map<String, Path> agentLogs();

  /** Where agents keep a directory for each attempt that is not told to its end. */
  Map<String, Path> agentJournals();

  @Override
  void close();
}
