package io.cta.agent.fetch;

/**
 * What an archive may come to, counted while it is unpacked: what it says of itself is written by
 * whoever made it.
 *
 * @param totalBytes of all files together
 * @param entryBytes of one file
 * @param entries files, directories and links
 * @param depth of a path, in parts
 */
public record ArchiveLimits(long totalBytes, long entryBytes, int entries, int depth) {
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(16L << 30, 8L << 30, 500_000, 100);
}
