package io.cta.server.store;

/** The fake keeps the contract that the services rely on. */
class MemoryStoreTest extends DocumentStoreContract {
  @Override
  protected DocumentStore empty() {
    return new MemoryStore(vertx);
  }
}
