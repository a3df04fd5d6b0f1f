package io.cta.server.api;

import io.cta.server.executions.ExecutionStarter;
import io.cta.server.http.BodyBudget;
import io.cta.server.http.Mount;
import io.cta.server.http.SecurityHeaders;
import io.cta.server.security.Security;
import io.cta.server.security.Sessions;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Clock;
import java.util.Map;

/** The REST API below {@code /api/v1} and its page at {@code /api}. */
public final class Api implements Mount {
  private static final String BELOW = "/api/v1/*";

  private final Vertx vertx;
  private final Contract contract;
  private final Security security;
  private final ApiSettings settings;
  private final Operations operations;

  private Api(
      Vertx vertx,
      Contract contract,
      Stores stores,
      Security security,
      ApiSettings settings,
      Clock clock,
      ExecutionStarter starter) {
    this.vertx = vertx;
    this.contract = contract;
    this.security = security;
    this.settings = settings;
    this.operations =
        new Operations(new Idempotency(stores.documents, clock), settings.address().path());
    register(stores, clock, starter);
  }

  /** Reads the contract; fails when an operation of it has no role or no handler. */
  public static Future<Api> create(
      Vertx vertx,
      Stores stores,
      Security security,
      ApiSettings settings,
      Clock clock,
      ExecutionStarter starter) {
    return Contract.load(vertx)
        .map(contract -> new Api(vertx, contract, stores, security, settings, clock, starter));
  }

  @Override
  public void mount(Router root) {
    Problems problems = new Problems(new ContractErrors(contract));
    Intake intake = new Intake(settings.maxBody(), new BodyBudget(settings.limits()));
    new Page(contract.published(settings.address())).mount(root);
    root.route(BELOW).handler(new SecurityHeaders());
    root.route(BELOW)
        .handler(new Gate(contract, security, settings.address().cookie(Sessions.COOKIE)));
    root.route(BELOW).handler(intake::query);
    root.route(BELOW).handler(intake::json);
    root.route(BELOW).subRouter(routes());
    root.route(BELOW).failureHandler(problems::handle);
    // a path that no router can read
    root.errorHandler(400, ctx -> problems.unrouted(ctx, 400));
    root.errorHandler(405, ctx -> problems.unrouted(ctx, 405));
  }

  private Router routes() {
    RouterBuilder builder = RouterBuilder.create(vertx, contract.parsed, new TextParameters());
    Map<String, Handler<Call>> handlers = operations.handlers();
    for (OpenAPIRoute route : builder.getRoutes()) {
      String id = route.getOperation().getOperationId();
      Handler<Call> handler = handlers.get(id);
      if (handler == null) {
        throw new IllegalStateException("nobody answers operation " + id);
      }
      route.addHandler(ctx -> handle(ctx, id, handler));
    }
    return builder.createRouter();
  }

  /** Only what the gate looked at: it and the router must mean the same by a path. */
  private static void handle(RoutingContext ctx, String id, Handler<Call> handler) {
    Contract.Rule rule = ctx.get(Call.RULE);
    if (rule == null || !rule.operation().getOperationId().equals(id)) {
      ctx.fail(404);
    } else {
      handler.handle(new Call(ctx));
    }
  }

  private void register(Stores stores, Clock clock, ExecutionStarter starter) {
    DefinitionChanges changes = new DefinitionChanges(vertx, stores.documents);
    Kinds kinds = new Kinds(vertx, stores, security, starter);
    kinds
        .creatable()
        .forEach(kind -> new CrudResource<>(kind, changes, clock).register(operations));
    new CrudResource<>(kinds.machines, changes, clock).registerWithoutCreate(operations);
    SessionCookies cookies = new SessionCookies(settings.address(), settings.secureCookies());
    new SessionResource(stores, security, cookies).register(operations);
    new TokenResource(stores, security, clock).register(operations);
    new EnrolResource(vertx, stores, security, settings, clock).register(operations);
    new SecretResource(vertx, stores, security.tokens).register(operations);
    new ExecutionResource(stores, starter).register(operations);
    new ExecutionControl(vertx, stores, clock).register(operations);
    new TaskResource(stores).register(operations);
    new LogResource(vertx, new LogReader(stores), settings.maxFollowers()).register(operations);
    BatchReader batches = new BatchReader(kinds, contract, stores.documents, clock);
    new ApplyResource(kinds, batches, changes).register(operations);
  }
}
