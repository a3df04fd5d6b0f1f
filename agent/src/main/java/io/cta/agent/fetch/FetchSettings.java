package io.cta.agent.fetch;

import java.nio.file.Path;
import java.util.List;

/**
 * What the operator of a machine allows inputs to do.
 *
 * @param gitProtocols transports that git may use, of {@link #KNOWN_PROTOCOLS}
 * @param keys a directory that only this user reads, for private keys while git runs
 */
public record FetchSettings(List<String> gitProtocols, Path keys) {
  /** Transports that may be allowed. {@code ext} and {@code fd} run commands, and never may. */
  public static final List<String> KNOWN_PROTOCOLS = List.of("https", "ssh", "http", "file", "git");

  public static final List<String> DEFAULT_PROTOCOLS = List.of("https", "ssh", "http", "file");

  public FetchSettings {
    gitProtocols = List.copyOf(gitProtocols);
  }

  /** The defaults. */
  public static FetchSettings defaults(Path keys) {
    return new FetchSettings(DEFAULT_PROTOCOLS, keys);
  }
}
