package io.cta.server.store;

/** The write that reserves something for a create lost: somebody else has reserved it. */
public final class ReservationTaken extends RuntimeException {
  public ReservationTaken() {
    super("reserved by somebody else", null, false, false);
  }
}
