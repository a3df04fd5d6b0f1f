package io.cta.server.api;

import io.cta.server.api.access.AccessHandler;
import io.cta.server.api.access.EnrolResource;
import io.cta.server.api.access.SecretResource;
import io.cta.server.api.access.SessionCookies;
import io.cta.server.api.access.SessionResource;
import io.cta.server.api.access.TokenResource;
import io.cta.server.api.artifacts.AgentArtifactResource;
import io.cta.server.api.artifacts.ArtifactLinks;
import io.cta.server.api.artifacts.ArtifactResource;
import io.cta.server.api.artifacts.ArtifactRoute;
import io.cta.server.api.artifacts.ArtifactSender;
import io.cta.server.api.contract.ApiContract;
import io.cta.server.api.contract.ContractPage;
import io.cta.server.api.contract.ProblemHandler;
import io.cta.server.api.definitions.ApplyResource;
import io.cta.server.api.definitions.ChannelKeyResource;
import io.cta.server.api.definitions.CrudResource;
import io.cta.server.api.definitions.DefinitionBatchReader;
import io.cta.server.api.definitions.DefinitionChanges;
import io.cta.server.api.definitions.DefinitionKinds;
import io.cta.server.api.deliveries.DeliveryResource;
import io.cta.server.api.executions.AttemptSecretsResource;
import io.cta.server.api.executions.ChainResource;
import io.cta.server.api.executions.ExecutionControl;
import io.cta.server.api.executions.ExecutionResource;
import io.cta.server.api.executions.ExecutionStartResource;
import io.cta.server.api.executions.ExportResource;
import io.cta.server.api.executions.LogExcerptResource;
import io.cta.server.api.executions.LogReader;
import io.cta.server.api.executions.LogResource;
import io.cta.server.api.executions.TaskResource;
import io.cta.server.api.hooks.HookReceiver;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiSettings;
import io.cta.server.api.http.BodyReceiver;
import io.cta.server.api.http.ContractValidator;
import io.cta.server.api.http.IdempotencyHandler;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.api.links.SharedLinkRoutes;
import io.cta.server.api.links.SharedLinks;
import io.cta.server.artifacts.ArtifactServices;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.http.BodyBudget;
import io.cta.server.http.HttpEndpoint;
import io.cta.server.http.SecurityHeaders;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.security.AccessControl;
import io.cta.server.store.StoreRepositories;
import io.cta.server.webhook.ChannelSafety;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Clock;
import java.util.Map;

/** The REST API below {@code /api/v1} and its page at {@code /api}. */
public final class RestApi implements HttpEndpoint {
  private static final String BELOW = "/api/v1/*";

  private final Vertx vertx;
  private final ApiContract contract;
  private final AccessControl security;
  private final ApiSettings settings;
  private final OperationRegistry operations;
  private final SharedLinkRoutes sharedLinks;
  private final ArtifactRoute artifactRoute;

  /** Fails if an operation of the contract has no role or no handler. */
  public RestApi(
      Vertx vertx,
      ApiContract contract,
      StoreRepositories stores,
      AccessControl security,
      SecretCipher cipher,
      ApiSettings settings,
      Clock clock,
      ExecutionStarter starter,
      ChannelSafety channels,
      ArtifactServices artifacts) {
    this.vertx = vertx;
    this.contract = contract;
    this.security = security;
    this.settings = settings;
    this.operations =
        new OperationRegistry(
            new IdempotencyHandler(stores.documents, clock), settings.address().path());
    ArtifactLinks links =
        new ArtifactLinks(
            security.links, settings.address(), artifacts.settings().linkLifetime(), clock);
    ArtifactSender sender = new ArtifactSender(artifacts.store());
    artifactRoute = new ArtifactRoute(stores, links, sender);
    new AgentArtifactResource(stores, artifacts.receiver()).register(operations);
    new ArtifactResource(stores, links, sender).register(operations);
    sharedLinks = new SharedLinkRoutes(stores, security.links, settings.address());
    register(stores, cipher, clock, starter, channels);
  }

  @Override
  public void mount(Router root) {
    ProblemHandler problems = new ProblemHandler();
    new ContractPage(contract.published(settings.address())).mount(root);
    sharedLinks.mount(root);
    artifactRoute.mount(root);
    root.route(BELOW).handler(new SecurityHeaders());
    root.route(BELOW)
        .handler(new AccessHandler(contract, security.authenticator(settings.address())));
    root.route(BELOW)
        .handler(new BodyReceiver(settings.maxBody(), new BodyBudget(settings.limits())));
    root.route(BELOW).subRouter(routes());
    // a path that is one of the API only as it was written, with an empty part in it
    root.route(BELOW).handler(ctx -> ctx.fail(404));
    root.route(BELOW).failureHandler(problems::handle);
    // a path that no router can read
    root.errorHandler(400, ctx -> problems.unrouted(ctx, 400));
    root.errorHandler(405, ctx -> problems.unrouted(ctx, 405));
  }

  private Router routes() {
    RouterBuilder builder = RouterBuilder.create(vertx, contract.parsed);
    ContractValidator validator = new ContractValidator(vertx);
    Map<String, Handler<ApiRequest>> handlers = operations.handlers();
    for (OpenAPIRoute route : builder.getRoutes()) {
      String id = route.getOperation().getOperationId();
      Handler<ApiRequest> handler = handlers.get(id);
      if (handler == null) {
        throw new IllegalStateException("nobody answers operation " + id);
      }
      route
          .setDoValidation(false)
          .addHandler(ctx -> requireRule(ctx, id))
          .addHandler(validator)
          .addHandler(ctx -> handler.handle(new ApiRequest(ctx)));
    }
    return builder.createRouter();
  }

  /** Lets a request pass only if the access check found the same operation for its path. */
  private static void requireRule(RoutingContext ctx, String id) {
    ApiContract.OperationRule rule = ctx.get(ApiRequest.RULE);
    if (rule == null || !rule.operation().getOperationId().equals(id)) {
      ctx.fail(404);
    } else {
      ctx.next();
    }
  }

  private void register(
      StoreRepositories stores,
      SecretCipher cipher,
      Clock clock,
      ExecutionStarter starter,
      ChannelSafety channels) {
    DefinitionChanges changes = new DefinitionChanges(vertx, stores.documents);
    DefinitionKinds kinds =
        new DefinitionKinds(vertx, stores, security, cipher, starter, channels, clock);
    kinds
        .creatable()
        .forEach(kind -> new CrudResource<>(kind, changes, clock).register(operations));
    new CrudResource<>(kinds.machines, changes, clock).registerWithoutCreate(operations);
    SessionCookies cookies = new SessionCookies(settings.address(), settings.secureCookies());
    new SessionResource(stores, security, cookies).register(operations);
    new TokenResource(stores, security, clock).register(operations);
    new EnrolResource(vertx, stores, security, settings, clock).register(operations);
    new SecretResource(vertx, stores, security.tokens).register(operations);
    new AttemptSecretsResource(stores, cipher).register(operations);
    new ExecutionResource(stores).register(operations);
    new SharedLinks(stores, security.links, settings.address()).register(operations);
    new ExportResource(vertx, stores, settings.address()).register(operations);
    new ExecutionStartResource(stores, starter).register(operations);
    new ExecutionControl(vertx, stores, clock).register(operations);
    new ChainResource(stores).register(operations);
    new ChannelKeyResource(kinds, clock).register(operations);
    new HookReceiver(vertx, stores, cipher, clock).register(operations);
    new DeliveryResource(vertx, stores, clock).register(operations);
    new TaskResource(stores).register(operations);
    new LogExcerptResource(vertx, new LogReader(stores)).register(operations);
    new LogResource(vertx, new LogReader(stores), settings.maxFollowers()).register(operations);
    DefinitionBatchReader batches =
        new DefinitionBatchReader(kinds, contract, stores.documents, clock);
    new ApplyResource(kinds, batches, changes).register(operations);
  }
}
