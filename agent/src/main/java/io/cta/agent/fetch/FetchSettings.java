package io.cta.agent.fetch;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the operator of a machine allows inputs to do.
 *
 * @param gitProtocols transports that git may use, of {@link #KNOWN_PROTOCOLS}
 * @param keys a directory that only this user reads, for private keys while git runs
 * @param maxDownloadBytes of one file of http
 * @param archives what an archive may come to
 * @param minFreeBytes left on the disk while files are written; 0 for a twentieth of it, at most
 *     512 MB
 * @param idle how long a server may send nothing
 */
@RecordBuilder
public record FetchSettings(
    List<String> gitProtocols,
    Path keys,
    long maxDownloadBytes,
    ArchiveLimits archives,
    long minFreeBytes,
    Duration idle) {
  /** Transports that may be allowed. {@code ext} and {@code fd} run commands, and never may. */
  public static final List<String> KNOWN_PROTOCOLS = List.of("https", "ssh", "http", "file", "git");

  public static final List<String> DEFAULT_PROTOCOLS = List.of("https", "ssh", "http", "file");
  public static final long DEFAULT_MAX_DOWNLOAD_BYTES = 32L << 30;
  public static final Duration DEFAULT_IDLE = Duration.ofSeconds(60);

  public FetchSettings {
    gitProtocols = List.copyOf(gitProtocols);
  }

  /** The transports for an address: no plain text for one that is encrypted. */
  List<String> gitProtocolsFor(String scheme) {
    boolean plain = scheme.equals("http");
    return gitProtocols.stream().filter(one -> plain || !one.equals("http")).toList();
  }

  /** The defaults. */
  public static FetchSettings defaults(Path keys) {
    return new FetchSettings(
        DEFAULT_PROTOCOLS,
        keys,
        DEFAULT_MAX_DOWNLOAD_BYTES,
        ArchiveLimits.DEFAULT,
        0,
        DEFAULT_IDLE);
  }
}
