package io.cta.server.api.links;

import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.http.PublicAddress;
import io.cta.server.security.LinkSigner;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.definitions.SharedLinksView;
import io.vertx.core.Future;

/** Tells the addresses of a scenario's badge and feed. */
public final class SharedLinks {
  static final String BADGE = "/badges/";
  static final String FEED = "/feeds/";

  private final StoreRepositories stores;
  private final LinkSigner signer;
  private final PublicAddress address;

  public SharedLinks(StoreRepositories stores, LinkSigner signer, PublicAddress address) {
    this.stores = stores;
    this.signer = signer;
    this.address = address;
  }

  public void register(OperationRegistry operations) {
    operations.on("getScenarioLinks", this::links);
  }

  private Future<ApiResponse> links(ApiRequest call) {
    return IdOrNameLookup.find(stores.scenarios, call.path("id"))
        .map(found -> found.orElseThrow(() -> ServiceFailure.notFound("scenario", call.path("id"))))
        .map(
            found -> {
              String id = found.value().id();
              String badge = address.link(BADGE + id + ".svg?key=" + signer.code(BADGE + id));
              String feed = address.link(FEED + id + ".atom?key=" + signer.code(FEED + id));
              String page = address.link("/#/scenarios/" + id);
              String name = found.value().name();
              return ApiResponse.ok(
                  new SharedLinksView(
                      badge, feed, "[![" + name + "](" + badge + ")](" + page + ")"));
            });
  }
}
