package io.cta.agent;

import io.cta.agent.fetch.ArchiveLimits;
import io.cta.agent.fetch.FetchSettings;
import io.cta.agent.fetch.FetchSettingsBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;

/** Parses what inputs may do on this machine, and adds every error to a list. */
final class FetchSettingsParser {
  private static final long MIN_BYTES = 1024;
  private static final long MAX_BYTES = 1L << 50;
  private static final int MAX_ENTRIES = 10_000_000;
  private static final int MAX_DEPTH = 1000;

  private final AgentOptions options;
  private final BinaryOperator<String> given;
  private final List<String> errors;

  /**
   * @param given the value of an option and its variable, or null
   */
  FetchSettingsParser(AgentOptions options, BinaryOperator<String> given, List<String> errors) {
    this.options = options;
    this.given = given;
    this.errors = errors;
  }

  /** The settings, still without the directory of keys. */
  FetchSettings settings(long minFree) {
    ArchiveLimits usual = ArchiveLimits.DEFAULT;
    return FetchSettingsBuilder.builder(FetchSettings.defaults(null))
        .gitProtocols(gitProtocols(given.apply(options.gitProtocols, "GIT_PROTOCOLS")))
        .maxDownloadBytes(
            size(
                "--max-download",
                given.apply(options.maxDownload, "MAX_DOWNLOAD"),
                FetchSettings.DEFAULT_MAX_DOWNLOAD_BYTES))
        .minFreeBytes(minFree)
        .archives(
            new ArchiveLimits(
                size(
                    "--max-unpacked",
                    given.apply(options.maxUnpacked, "MAX_UNPACKED"),
                    usual.totalBytes()),
                size("--max-entry", given.apply(options.maxEntry, "MAX_ENTRY"), usual.entryBytes()),
                number(
                    "--max-entries",
                    given.apply(options.maxEntries, "MAX_ENTRIES"),
                    usual.entries(),
                    MAX_ENTRIES),
                number(
                    "--max-depth",
                    given.apply(options.maxDepth, "MAX_DEPTH"),
                    usual.depth(),
                    MAX_DEPTH)))
        .build();
  }

  /** Bytes of fetched inputs that are kept; 0 when nobody says. */
  long cacheLimit() {
    String text = given.apply(options.cacheLimit, "CACHE_LIMIT");
    return text == null ? 0 : size("--cache-limit", text, 0);
  }

  private List<String> gitProtocols(String text) {
    List<String> names =
        text == null
            ? FetchSettings.DEFAULT_PROTOCOLS
            : Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (names.isEmpty() || !FetchSettings.KNOWN_PROTOCOLS.containsAll(names)) {
      errors.add(
          "--git-protocols must be some of "
              + String.join(", ", FetchSettings.KNOWN_PROTOCOLS)
              + ", not "
              + text);
    }
    return names;
  }

  private long size(String option, String text, long usual) {
    long size = text == null ? usual : SizeParser.parse(text);
    if (size < MIN_BYTES || size > MAX_BYTES) {
      errors.add(option + " must be a size from 1KB to 1048576GB, such as 20GB, not " + text);
    }
    return size;
  }

  private int number(String option, String text, int usual, int max) {
    try {
      int number = text == null ? usual : Integer.parseInt(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    errors.add(option + " must be a number from 1 to " + max + ", not " + text);
    return usual;
  }
}
