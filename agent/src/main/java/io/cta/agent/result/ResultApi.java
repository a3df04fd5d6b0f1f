package io.cta.agent.result;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * The API by which tests of one task attempt report results: on the loopback interface, on a port
 * of its own. A page in a browser on the machine cannot use it: requests with a host name or an
 * origin other than this machine are refused.
 */
public final class ResultApi {
  private static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final int IDLE_SECONDS = 60;

  private final ResultReceiver target;
  private final boolean legacy;
  private final FileReceiver files;
  private final HttpServer server;

  private ResultApi(Vertx vertx, ResultReceiver target, boolean legacy) {
    this.target = target;
    this.legacy = legacy;
    this.files = new FileReceiver(vertx, target);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxFormAttributeSize(MAX_BODY_BYTES);
    this.server = vertx.createHttpServer(options).requestHandler(this::route);
  }

  /**
   * @param legacy whether the old endpoint answers as well
   */
  public static Future<ResultApi> listen(Vertx vertx, ResultReceiver target, boolean legacy) {
    ResultApi api = new ResultApi(vertx, target, legacy);
    return api.server.listen().map(api);
  }

  /** The address, which tests get as {@code CTA_URL}. */
  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  public Future<Void> close() {
    return server.close();
  }

  private void route(HttpServerRequest request) {
    if (!LocalCaller.is(request)) {
      refuse(request, 403, "only programs of this machine, by a name of this machine, may ask");
      return;
    }
    boolean post = request.method() == HttpMethod.POST;
    switch (request.path()) {
      case "/results" -> guarded(request, post, ResultParser::read);
      case "/testframework/teststatus" -> legacy(request, post);
      case "/artifacts" -> artifacts(request, post);
      default -> refuse(request, 404, "there is no " + request.path() + " here");
    }
  }

  private void guarded(
      HttpServerRequest request, boolean post, Function<JsonObject, ReportedResult> form) {
    if (!post) {
      refuse(request, 405, "only POST is allowed here");
    } else if (!target.accepts(token(request))) {
      refuse(request, 401, "the token is not that of the test that is running");
    } else {
      RequestBodyReader.read(request, MAX_BODY_BYTES)
          .map(ResultApi::object)
          .compose(body -> record(request, form, body))
          .onFailure(e -> refuse(request, e));
    }
  }

  private void artifacts(HttpServerRequest request, boolean post) {
    if (!post) {
      refuse(request, 405, "only POST is allowed here");
    } else if (!target.accepts(token(request))) {
      refuse(request, 401, "the token is not that of the test that is running");
    } else {
      files
          .receive(request)
          .onSuccess(
              kept ->
                  request
                      .response()
                      .setStatusCode(201)
                      .putHeader("content-type", "application/json")
                      .end(kept.toBuffer()))
          // a file that is not kept is no result
          .onFailure(e -> ProblemResponse.answer(request.response(), e));
    }
  }

  /** Old clients give their token as a parameter, in the query or in the body. */
  private void legacy(HttpServerRequest request, boolean post) {
    if (!legacy) {
      refuse(request, 404, "the old endpoint is off: --legacy-results true switches it on");
    } else if (!target.running()) {
      refuse(request, 409, "no test is running");
    } else if (!post && request.method() != HttpMethod.GET) {
      refuse(request, 405, "only GET and POST are allowed here");
    } else {
      RequestBodyReader.read(request, MAX_BODY_BYTES)
          .map(body -> authorized(request, LegacyBodyReader.read(request, body)))
          .compose(body -> record(request, LegacyResultParser::read, body))
          .onFailure(e -> refuse(request, e));
    }
  }

  private JsonObject authorized(HttpServerRequest request, JsonObject body) {
    String sent = token(request);
    String token = sent == null && body.getValue("token") instanceof String in ? in : sent;
    if (!target.accepts(token)) {
      throw new ServiceFailure(
          ErrorCode.UNAUTHENTICATED, "the token is not that of the test that is running");
    }
    return body;
  }

  private Future<Void> record(
      HttpServerRequest request, Function<JsonObject, ReportedResult> form, JsonObject body) {
    return target
        .record(form.apply(body))
        .compose(
            index ->
                request
                    .response()
                    .setStatusCode(201)
                    .putHeader("content-type", "application/json")
                    .end(new JsonObject().put("index", index).toBuffer()));
  }

  private static String token(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return header.substring(7).strip();
    }
    return request.getParam("token");
  }

  static JsonObject object(Buffer body) {
    try {
      return body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new ServiceFailure(ErrorCode.INVALID, "the body must be a JSON object");
    }
  }

  private void refuse(HttpServerRequest request, Throwable why) {
    boolean unauthenticated = ServiceFailure.is(why, ErrorCode.UNAUTHENTICATED);
    if (!unauthenticated) {
      target.refused(why);
    }
    ProblemResponse.answer(request.response(), why);
  }

  private static void refuse(HttpServerRequest request, int status, String detail) {
    ProblemResponse.answer(request.response(), status, detail, null);
  }
}
