package io.cta.server.disk;

import io.cta.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Checks that the data directory has space to start a server. Blocking: main thread only. */
public final class StartupDiskCheck {
  /** A start writes at least this much: the store's log and its index. */
  private static final long MIN_FREE_BYTES = 1L << 20;

  private StartupDiskCheck() {}

  /**
   * Deletes the reserve file when there is no space without it.
   *
   * @return why no server can start here, for people; empty if one can
   */
  public static Optional<String> problem(Path dir) throws IOException {
    if (DiskSpace.of(dir).free() < MIN_FREE_BYTES) {
      new ReserveFile(dir).giveUp();
    }
    DiskSpace space = DiskSpace.of(dir);
    return space.total() > 0 && space.free() < MIN_FREE_BYTES
        ? Optional.of("no space left in " + dir + " (" + space.freeOfTotal() + ")")
        : Optional.empty();
  }
}
