package io.cta.server.disk;

import io.cta.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a server can start in its data directory. Blocks: for the main thread only. */
public final class StartupDiskCheck {
  /** What a start writes at least: the store's log and its index. */
  private static final long LEAST = 1L << 20;

  private StartupDiskCheck() {}

  /**
   * Gives up the reserve when there is no room without it.
   *
   * @return why no server can start here, for people; empty when one can
   */
  public static Optional<String> hindrance(Path dir) throws IOException {
    if (DiskSpace.of(dir).free() < LEAST) {
      new ReserveFile(dir).giveUp();
    }
    DiskSpace room = DiskSpace.of(dir);
    return room.total() > 0 && room.free() < LEAST
        ? Optional.of("no space left in " + dir + " (" + room.freeOfTotal() + ")")
        : Optional.empty();
  }
}
