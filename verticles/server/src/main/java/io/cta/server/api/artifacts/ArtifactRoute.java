package io.cta.server.api.artifacts;

import io.cta.error.ServiceFailure;
import io.cta.server.http.HttpEndpoint;
import io.cta.server.http.ProblemResponse;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Serves an artifact to whoever has a signed link to it, without a cookie and without a header. A
 * link that is not good, or not any more, leads nowhere.
 */
public final class ArtifactRoute implements HttpEndpoint {
  private final StoreRepositories stores;
  private final ArtifactLinks links;
  private final ArtifactSender sender;

  public ArtifactRoute(StoreRepositories stores, ArtifactLinks links, ArtifactSender sender) {
    this.stores = stores;
    this.links = links;
    this.sender = sender;
  }

  @Override
  public void mount(Router root) {
    root.route(ArtifactLinks.PATH + ":id")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(this::read)
        .failureHandler(ArtifactRoute::failed);
  }

  /** Says why, when that is known, such as that the store cannot be used now. */
  private static void failed(RoutingContext ctx) {
    if (ctx.failure() instanceof ServiceFailure expected) {
      ProblemResponse.refuse(ctx, expected);
    } else {
      ctx.next();
    }
  }

  private void read(RoutingContext ctx) {
    String id = ctx.pathParam("id");
    if (!links.isGood(id, ctx.request().getParam("expires"), ctx.request().getParam("key"))) {
      ctx.fail(404);
      return;
    }
    stores
        .artifacts
        .find(id)
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    artifact -> sender.send(ctx, artifact.value(), false), () -> ctx.fail(404)))
        .onFailure(ctx::fail);
  }
}
