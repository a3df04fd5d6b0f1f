package io.cta.server.admin;

import io.cta.server.store.Canonical;
import io.cta.server.store.Document;
import java.math.BigInteger;
import java.util.List;

/**
 * What a collection holds, in short: how many documents, and the sum of their digests, which the
 * order they come in does not change. Pure.
 */
record Fingerprint(long count, BigInteger sum) {
  private static final int BITS = 256;
  static final Fingerprint EMPTY = new Fingerprint(0, BigInteger.ZERO);

  Fingerprint with(List<Document> documents) {
    BigInteger next = sum;
    for (Document document : documents) {
      next = next.add(new BigInteger(1, Canonical.digest(document)));
    }
    BigInteger limit = BigInteger.ONE.shiftLeft(BITS);
    return new Fingerprint(count + documents.size(), next.mod(limit));
  }

  @Override
  public String toString() {
    return String.format("%064x", sum).substring(0, 16);
  }
}
