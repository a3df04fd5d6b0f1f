package io.cta.server.api.links;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.Scenario;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.server.export.BadgeImage;
import io.cta.server.export.FailureFeed;
import io.cta.server.http.HttpEndpoint;
import io.cta.server.http.PublicAddress;
import io.cta.server.security.LinkSigner;
import io.cta.server.security.TokenText;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.executions.ExecutionView;
import io.cta.server.view.executions.StatusView;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Serves badges and feeds to whoever has the address. What is wrong with it is told nobody: a badge
 * is grey then, which image proxies show, too; a feed does not exist.
 */
public final class SharedLinkRoutes implements HttpEndpoint {
  /** For images and texts that no browser must take for a page of this server. */
  private static final String POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

  private static final Object[] OVER =
      Arrays.stream(State.values()).filter(State::terminal).map(State::wire).toArray();
  private static final Object[] BAD =
      Arrays.stream(Result.values()).filter(r -> r != Result.OK).map(Result::wire).toArray();
  private static final int ENTRIES = 30;
  private static final int FAILURES = 10;

  private final StoreRepositories stores;
  private final LinkSigner signer;
  private final PublicAddress address;

  public SharedLinkRoutes(StoreRepositories stores, LinkSigner signer, PublicAddress address) {
    this.stores = stores;
    this.signer = signer;
    this.address = address;
  }

  @Override
  public void mount(Router root) {
    root.get(SharedLinks.BADGE + ":id").handler(this::badge);
    root.get(SharedLinks.FEED + ":id").handler(this::feed);
  }

  private void badge(RoutingContext ctx) {
    String branch = ctx.request().getParam("branch");
    scenario(ctx, SharedLinks.BADGE, ".svg")
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(BadgeImage.svg("tests", BadgeImage.UNKNOWN))
                    : latest(found.get(), branch).map(last -> image(found.get(), last)))
        .otherwise(e -> BadgeImage.svg("tests", BadgeImage.UNKNOWN))
        .onSuccess(svg -> send(ctx, "image/svg+xml", svg));
  }

  private static String image(Scenario scenario, Optional<Execution> last) {
    return BadgeImage.svg(scenario.name(), last.map(SharedLinkRoutes::word).orElse("unknown"));
  }

  private static String word(Execution e) {
    return e.state() != State.FINISHED || e.result() == null ? e.state().wire() : e.result().wire();
  }

  private void feed(RoutingContext ctx) {
    scenario(ctx, SharedLinks.FEED, ".atom")
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.<String>empty())
                    : feed(found.get()).map(Optional::of))
        .onSuccess(
            text ->
                text.ifPresentOrElse(
                    atom -> send(ctx, "application/atom+xml; charset=utf-8", atom),
                    () -> ctx.fail(404)))
        .onFailure(ctx::fail);
  }

  private Future<String> feed(Scenario scenario) {
    DocumentFilter bad =
        DocumentFilter.eq("scenarioId", scenario.id())
            .and("state", DocumentFilter.Op.IN, OVER)
            .and("result", DocumentFilter.Op.IN, BAD);
    return stores
        .executions
        .find(DocumentQuery.of(StoreCollections.EXECUTIONS, bad, ENTRIES).sortedBy("id", true))
        .compose(
            page -> feed(scenario, page.items().stream().map(VersionedEntity::value).toList()));
  }

  private Future<String> feed(Scenario scenario, List<Execution> executions) {
    Instant newest = executions.isEmpty() ? scenario.createdAt() : executions.get(0).finishedAt();
    FailureFeed feed =
        new FailureFeed(
            "urn:cta:scenario:" + scenario.id(),
            scenario.name() + ": executions that are not ok",
            address.link("/#/scenarios/" + scenario.id()),
            newest);
    Future<Void> done = Future.succeededFuture();
    for (Execution execution : executions) {
      done =
          done.compose(v -> failures(execution.id()))
              .map(
                  failures -> {
                    feed.add(
                        ExecutionView.withoutSnapshot(execution),
                        address.link("/#/executions/" + execution.id()),
                        failures);
                    return null;
                  });
    }
    return done.map(v -> feed.end());
  }

  private Future<List<StatusView>> failures(String executionId) {
    List<StatusView> failures = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (Result result : List.of(Result.FAILED, Result.PARTIAL, Result.INCONCLUSIVE)) {
      DocumentFilter filter =
          DocumentFilter.eq("executionId", executionId)
              .and("result", DocumentFilter.Op.EQ, result.wire())
              .and("skipped", DocumentFilter.Op.EQ, false);
      done =
          done.compose(
              v ->
                  failures.size() >= FAILURES
                      ? Future.succeededFuture()
                      : stores
                          .statuses
                          .find(DocumentQuery.of(StoreCollections.STATUSES, filter, FAILURES))
                          .map(
                              page -> {
                                page.items().stream()
                                    .map(VersionedEntity<Status>::value)
                                    .map(StatusView::of)
                                    .forEach(failures::add);
                                return null;
                              }));
    }
    return done.map(v -> failures);
  }

  /** The scenario that an address names; empty when the address is not one of this server's. */
  private Future<Optional<Scenario>> scenario(RoutingContext ctx, String kind, String suffix) {
    String file = ctx.pathParam("id");
    if (!file.endsWith(suffix)) {
      return Future.succeededFuture(Optional.empty());
    }
    String id = file.substring(0, file.length() - suffix.length());
    return signer.fits(kind + id, ctx.request().getParam("key"))
        ? stores.scenarios.find(id).map(found -> found.map(VersionedEntity::value))
        : Future.succeededFuture(Optional.empty());
  }

  private Future<Optional<Execution>> latest(Scenario scenario, String branch) {
    DocumentFilter over =
        DocumentFilter.eq("scenarioId", scenario.id()).and("state", DocumentFilter.Op.IN, OVER);
    DocumentFilter filter =
        branch == null ? over : over.and("source.branch", DocumentFilter.Op.EQ, branch);
    return stores
        .executions
        .find(DocumentQuery.of(StoreCollections.EXECUTIONS, filter, 1).sortedBy("id", true))
        .map(page -> page.items().stream().map(VersionedEntity::value).findFirst());
  }

  /** Caches must ask each time; what has not changed is not sent again. */
  private static void send(RoutingContext ctx, String type, String text) {
    HttpServerResponse response = ctx.response();
    String tag = "\"" + TokenText.digest(text).substring(0, 32) + "\"";
    response
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-cache, max-age=0")
        .putHeader("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
        .putHeader("ETag", tag)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", POLICY);
    if (tag.equals(ctx.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
    } else {
      response.end(text);
    }
  }
}
