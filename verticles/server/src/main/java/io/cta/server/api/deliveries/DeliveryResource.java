package io.cta.server.api.deliveries;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryBuilder;
import io.cta.domain.DeliveryState;
import io.cta.domain.IdGenerator;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.FieldFilters;
import io.cta.server.api.http.ListPager;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.executions.DeliveryView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Reads deliveries, and repeats them. */
public final class DeliveryResource {
  private final Vertx vertx;
  private final StoreRepositories stores;
  private final Clock clock;
  private final ListPager<Delivery> deliveries;

  public DeliveryResource(Vertx vertx, StoreRepositories stores, Clock clock) {
    this.vertx = vertx;
    this.stores = stores;
    this.clock = clock;
    this.deliveries = new ListPager<>(stores.deliveries, DeliveryView::withoutBody);
  }

  public void register(OperationRegistry operations) {
    operations.on("listDeliveries", this::list);
    operations.on("getDelivery", this::get);
    operations.on("redeliver", this::redeliver);
  }

  private Future<ApiResponse> list(ApiRequest call) {
    String sort = call.text("sort") == null ? "-id" : call.text("sort");
    return channelFilter(call.text("channel"))
        .map(filter -> FieldFilters.equal(filter, call, "state"))
        .map(
            filter ->
                call.text("execution") == null
                    ? filter
                    : filter.and("executionId", DocumentFilter.Op.EQ, call.text("execution")))
        .compose(filter -> deliveries.page(call, filter, sort));
  }

  /** Filters by id while the channel exists; what was deleted is found by the id it had. */
  private Future<DocumentFilter> channelFilter(String key) {
    if (key == null) {
      return Future.succeededFuture(DocumentFilter.ALL);
    }
    return IdOrNameLookup.find(stores.channels, key)
        .map(found -> found.map(channel -> channel.value().id()).orElse(key))
        .map(id -> DocumentFilter.eq("channelId", id));
  }

  private Future<ApiResponse> get(ApiRequest call) {
    return stores
        .deliveries
        .get(call.path("id"))
        .map(found -> ApiResponse.ok(DeliveryView.of(found.value())));
  }

  private Future<ApiResponse> redeliver(ApiRequest call) {
    return stores
        .deliveries
        .get(call.path("id"))
        .compose(
            found -> {
              if (found.value().handler() == Delivery.REPORT) {
                throw new ServiceFailure(
                    ErrorCode.CONFLICT, "a status that a forge was told cannot be repeated");
              }
              if (found.value().jenkinsBuild() != null) {
                throw new ServiceFailure(
                    ErrorCode.CONFLICT, "a build is not repeated by CTA: start it in Jenkins");
              }
              return Future.succeededFuture(found);
            })
        .compose(found -> requireChannel(found.value()).map(v -> repeated(found.value())))
        .compose(
            delivery ->
                stores
                    .deliveries
                    .insert(delivery.id(), delivery)
                    .map(
                        done -> {
                          BusAdapter.announce(vertx, BusAddresses.DELIVERY_DUE, delivery.id());
                          return ApiResponse.of(202, DeliveryView.of(delivery))
                              .with("Location", "/api/v1/deliveries/" + delivery.id());
                        }));
  }

  private Future<Void> requireChannel(Delivery delivery) {
    if (delivery.mailed() || delivery.pushed()) {
      return Future.succeededFuture();
    }
    if (delivery.line() != null) {
      return stores
          .forges
          .find(delivery.channelId())
          .map(
              forge -> {
                if (forge.isEmpty()) {
                  throw new ServiceFailure(ErrorCode.CONFLICT, "the forge was deleted");
                }
                return null;
              });
    }
    return stores
        .channels
        .find(delivery.channelId())
        .map(
            channel -> {
              if (channel.isEmpty() || !channel.get().value().enabled()) {
                throw new ServiceFailure(
                    ErrorCode.CONFLICT, "the channel was deleted or is switched off");
              }
              return null;
            });
  }

  private Delivery repeated(Delivery original) {
    return DeliveryBuilder.builder(original)
        .id(original.executionId() + "-" + original.handler() + "-" + IdGenerator.next())
        .state(DeliveryState.WAITING)
        .attempts(List.of())
        .nextAt(clock.instant())
        .claimedBy(null)
        .waited(Duration.ZERO)
        .createdAt(clock.instant())
        .endedAt(null)
        .redeliveryOf(original.id())
        .build();
  }
}
