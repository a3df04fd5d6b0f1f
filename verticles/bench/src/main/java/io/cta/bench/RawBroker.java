package io.cta.bench;

/** A broker used through its client library alone. Shows the rate that this machine allows. */
interface RawBroker {
  /**
   * Publishes messages as durably as CTA does while a consumer acks them; returns when all are
   * confirmed.
   *
   * @param publishers number of publishing threads
   * @param atOnce unconfirmed messages that each publisher may have
   */
  void carry(long messages, int size, int publishers, int atOnce) throws Exception;
}
