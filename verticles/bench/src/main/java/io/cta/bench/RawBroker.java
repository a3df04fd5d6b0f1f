package io.cta.bench;

/** A broker through nothing but its client library: what there is to be had on this machine. */
interface RawBroker {
  /**
   * Publishes, as durably as CTA does, while a consumer acks what arrives; returns when all is
   * confirmed.
   *
   * @param publishers threads
   * @param atOnce unconfirmed messages of each
   */
  void carry(long messages, int size, int publishers, int atOnce) throws Exception;
}
