package io.cta.server.disk;

import io.cta.disk.DiskSpace;

/** State of the data directory's disk. */
public enum DiskState {
  OK("ok"),
  /** New executions are refused; results and everything else are accepted. */
  LOW("low"),
  /** Any write may fail. */
  FULL("full");

  /** With less free space than this any write of the store may fail. */
  private static final long FULL_BYTES = 1L << 20;

  private final String wire;

  DiskState(String wire) {
    this.wire = wire;
  }

  static DiskState of(DiskSpace space) {
    if (space.total() > 0 && space.free() < Math.min(FULL_BYTES, space.total() / 100)) {
      return FULL;
    }
    return space.low(0) ? LOW : OK;
  }

  public String wire() {
    return wire;
  }
}
