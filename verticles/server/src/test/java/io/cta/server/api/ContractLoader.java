package io.cta.server.api;

import io.cta.server.api.contract.ApiContract;
import io.vertx.core.Vertx;

/** Loads the contract for tests that have no server. */
public final class ContractLoader {
  private ContractLoader() {}

  public static ApiContract load() {
    Vertx vertx = Vertx.vertx();
    try {
      return ApiServer.wait(ApiContract.load(vertx));
    } finally {
      ApiServer.wait(vertx.close());
    }
  }
}
