package io.cta.agent;

import io.cta.agent.artifact.ArtifactLimits;
import io.cta.agent.fetch.FetchSettings;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The checked settings of this agent.
 *
 * @param servers addresses of equivalent servers; any of them will do
 * @param token the registration token, null when none was given
 * @param named whether somebody chose the name; if not, it is the host's
 * @param labels as they were given
 * @param properties facts that the operator adds
 * @param passEnv variables that tests see in addition to the built-in list
 * @param legacyResults whether tests may also use the result API of the system before CTA
 * @param minFree a disk with fewer free bytes is low; 0 means a twentieth of it, at most 512 MB
 * @param fetch what inputs may do, still without the directory of keys; null for the defaults
 * @param cacheLimit bytes of fetched inputs that are kept; 0 for 10 GB
 * @param artifacts how much of what tests leave behind is kept; null for the defaults
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
    FetchSettings fetch,
    long cacheLimit,
    ArtifactLimits artifacts,
    LinkSettings link) {
  private static final long DEFAULT_CACHE_BYTES = 10L << 30;

  AgentSettings {
    fetch = fetch == null ? FetchSettings.defaults(null) : fetch;
    artifacts = artifacts == null ? ArtifactLimits.DEFAULT : artifacts;
    cacheLimit = cacheLimit == 0 ? DEFAULT_CACHE_BYTES : cacheLimit;
  }

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
