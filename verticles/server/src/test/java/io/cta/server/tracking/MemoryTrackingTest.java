package io.cta.server.tracking;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.MemoryStore;

class MemoryTrackingTest extends TrackingTest {
  @Override
  protected DocumentStore store() {
    return new MemoryStore(vertx);
  }
}
