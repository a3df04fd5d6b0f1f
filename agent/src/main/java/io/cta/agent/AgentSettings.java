package io.cta.agent;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How this agent is to work, checked.
 *
 * @param servers equal ones, of which any will do
 * @param token the registration token, null when none was given
 * @param named whether somebody chose the name; else it is the host's
 * @param labels as they were given
 * @param properties facts that the operator adds
 * @param passEnv names of variables that tests see besides those of the list
 * @param legacyResults whether tests may report as they did to the system before this one
 * @param minFree bytes below which a disk is low, or 0 for a twentieth of it, at most 512 MB
 * @param logLimit bytes of output kept for each attempt
 */
@RecordBuilder
record AgentSettings(
    List<URI> servers,
    String token,
    String name,
    boolean named,
    List<String> labels,
    Map<String, List<String>> properties,
    int slots,
    Path data,
    long logLimit,
    long minFree,
    List<String> passEnv,
    boolean legacyResults,
    LinkSettings link) {
  /** Never shows the token. */
  @Override
  public String toString() {
    return "agent "
        + name
        + " of "
        + servers
        + ", "
        + slots
        + " slots, data in "
        + data
        + ", link "
        + link;
  }
}
