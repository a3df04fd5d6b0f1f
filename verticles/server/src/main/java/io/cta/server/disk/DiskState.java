package io.cta.server.disk;

import io.cta.disk.DiskSpace;

/** How the disk of the data directory is. */
public enum DiskState {
  OK("ok"),
  /** New executions are refused; results and all else get in. */
  LOW("low"),
  /** Nothing more gets in for sure. */
  FULL("full");

  /** Of less than that the store may fail at any write. */
  private static final long NOTHING = 1L << 20;

  private final String wire;

  DiskState(String wire) {
    this.wire = wire;
  }

  static DiskState of(DiskSpace room) {
    if (room.total() > 0 && room.free() < Math.min(NOTHING, room.total() / 100)) {
      return FULL;
    }
    return room.low(0) ? LOW : OK;
  }

  public String wire() {
    return wire;
  }
}
