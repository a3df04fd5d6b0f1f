package io.cta.server.admin;

import io.cta.server.store.CanonicalText;
import io.cta.server.store.StoredDocument;
import java.math.BigInteger;
import java.util.List;

/**
 * Fingerprint of a collection: the number of documents and the sum of their digests, which does not
 * depend on their order. Pure.
 */
record CollectionFingerprint(long count, BigInteger sum) {
  private static final int BITS = 256;
  static final CollectionFingerprint EMPTY = new CollectionFingerprint(0, BigInteger.ZERO);

  CollectionFingerprint with(List<StoredDocument> documents) {
    BigInteger next = sum;
    for (StoredDocument document : documents) {
      next = next.add(new BigInteger(1, CanonicalText.digest(document)));
    }
    BigInteger limit = BigInteger.ONE.shiftLeft(BITS);
    return new CollectionFingerprint(count + documents.size(), next.mod(limit));
  }

  @Override
  public String toString() {
    return String.format("%064x", sum).substring(0, 16);
  }
}
