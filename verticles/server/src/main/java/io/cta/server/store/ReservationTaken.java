package io.cta.server.store;

/** The failure of a create whose reserving write lost: somebody else has the reservation. */
public final class ReservationTaken extends RuntimeException {
  public ReservationTaken() {
    super("reserved by somebody else", null, false, false);
  }
}
