package io.cta.server.store;

class MemoryStoreContractTest extends DocumentStoreContract {
  @Override
  protected DocumentStore empty() {
    return new MemoryStore(vertx);
  }
}
