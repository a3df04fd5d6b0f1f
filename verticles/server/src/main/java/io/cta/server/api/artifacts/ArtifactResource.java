package io.cta.server.api.artifacts;

import io.cta.domain.Artifact;
import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.FieldFilters;
import io.cta.server.api.http.ListPager;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.artifacts.ArtifactTypes;
import io.cta.server.http.HeadRequestHandler;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.executions.ArtifactView;
import io.vertx.core.Future;

/** Lists the artifacts of an execution and serves their contents. */
public final class ArtifactResource {
  private final StoreRepositories stores;
  private final ArtifactLinks links;
  private final ArtifactSender sender;
  private final ListPager<Artifact> pager;

  public ArtifactResource(StoreRepositories stores, ArtifactLinks links, ArtifactSender sender) {
    this.stores = stores;
    this.links = links;
    this.sender = sender;
    this.pager = new ListPager<>(stores.artifacts, this::view);
  }

  public void register(OperationRegistry operations) {
    operations.on("listExecutionArtifacts", this::list);
    operations.raw("readArtifact", this::read);
  }

  private ArtifactView view(Artifact artifact) {
    return ArtifactView.of(artifact, ArtifactTypes.of(artifact.path()), links.link(artifact.id()));
  }

  private Future<ApiResponse> list(ApiRequest call) {
    String id = call.path("id");
    return stores
        .documents
        .get(StoreCollections.EXECUTIONS, id)
        .compose(
            found -> {
              found.orElseThrow(() -> ServiceFailure.notFound("execution", id));
              DocumentFilter filter =
                  FieldFilters.equal(
                      DocumentFilter.eq("executionId", id), call, "taskId", "testId");
              if (call.number("attempt", 0) > 0) {
                filter = filter.and("attempt", DocumentFilter.Op.EQ, call.number("attempt", 0));
              }
              return pager.page(call, filter, "id");
            });
  }

  private void read(ApiRequest call) {
    stores
        .artifacts
        .get(call.path("artifactId"))
        .onSuccess(
            found ->
                sender.send(call.ctx, found.value(), HeadRequestHandler.is(call.ctx.request())))
        .onFailure(call.ctx::fail);
  }
}
