package io.cta.server.notify;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/**
 * A Jenkins below {@code /jenkins} with one job, {@code nightly/de ploy}, that believes to be
 * elsewhere. Crumbs count for the session they were given in, parameters that the job does not
 * declare are dropped, and a queue item is forgotten some time after it has left.
 */
final class FakeJenkins {
  static final String USER = "cta";
  static final String TOKEN = "11aa-secret-token";
  static final String JOB = "nightly/de ploy";
  private static final String JOB_PATH = "/jenkins/job/nightly/job/de%20ploy";

  /** What is done with one POST. */
  enum Fault {
    NONE,
    RESET_BEFORE,
    RESET_AFTER,
    HANG_AFTER,
    ERROR_BEFORE,
    ERROR_AFTER,
    /** The session is lost. */
    NO_CRUMB,
    /** An equal item is in the queue. */
    SEE_OTHER,
    /** As Jenkins answered years ago. */
    FOUND_JOB,
    /** Nothing is begun: a proxy wants a login. */
    FOUND_LOGIN
  }

  /** A request in the order of arrival; status 0 for no answer. */
  record Asked(String line, int status) {}

  /** Something that is to be built, or was. */
  static final class Item {
    final long id;
    final Map<String, String> parameters;
    boolean cancelled;
    boolean forgotten;
    Integer number;
    String result;

    Item(long id, Map<String, String> parameters) {
      this.id = id;
      this.parameters = parameters;
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final List<Item> items = new CopyOnWriteArrayList<>();
  volatile IntFunction<Fault> faults = number -> Fault.NONE;
  volatile Set<String> declared = Set.of("CTA_EXECUTION_ID", "TESTED");
  volatile boolean issuesCrumbs = true;
  volatile String crumbField = "Jenkins-Crumb";
  volatile boolean buildable = true;

  /** Status of all that only asks; 200 for well. */
  volatile int mood = 200;

  private final Map<String, String> crumbs = new TreeMap<>();
  private final HttpServer server;
  private int posts;
  private int sessions;

  FakeJenkins(Vertx vertx) {
    server = vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1").await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/jenkins/";
  }

  String page(int number) {
    return "http://127.0.0.1:" + server.actualPort() + JOB_PATH + "/" + number + "/";
  }

  /** An item of somebody else. */
  Item foreign(Map<String, String> parameters) {
    Item item = new Item(100 + items.size(), parameters);
    items.add(item);
    return item;
  }

  /** The item leaves the queue and is built. */
  synchronized void begin(Item item) {
    item.number = 1 + (int) items.stream().filter(one -> one.number != null).count();
  }

  List<String> lines(String method) {
    return asked.stream().map(Asked::line).filter(line -> line.startsWith(method)).toList();
  }

  private void handle(HttpServerRequest request) {
    String pair = USER + ":" + TOKEN;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    if (!("Basic " + basic).equals(request.getHeader("Authorization"))) {
      answer(request, 401, "<html><p>Invalid password/token for user</p></html>");
    } else if (request.method() == HttpMethod.POST) {
      request.setExpectMultipart(true);
      request.endHandler(end -> post(request));
    } else if (mood != 200) {
      answer(request, mood, "<html>Please wait while Jenkins is getting ready</html>");
    } else {
      get(request);
    }
  }

  private synchronized void get(HttpServerRequest request) {
    String path = request.path();
    String tree = request.getParam("tree", "");
    if (path.equals("/jenkins/crumbIssuer/api/json") && issuesCrumbs) {
      String session = "node0" + ++sessions;
      crumbs.put(session, "crumb-of-" + session);
      MultiMap headers = request.response().headers();
      headers.add("Set-Cookie", "JSESSIONID.1=" + session + "; Path=/jenkins; HttpOnly");
      headers.add("Set-Cookie", "route=a; Path=/");
      answer(
          request,
          200,
          new JsonObject()
              .put("crumb", crumbs.get(session))
              .put("crumbRequestField", crumbField)
              .encode());
    } else if (path.equals(JOB_PATH + "/api/json") && tree.startsWith("builds[")) {
      JsonArray builds = new JsonArray();
      items.stream()
          .filter(item -> item.number != null)
          .sorted((a, b) -> b.number - a.number)
          .forEach(item -> builds.add(shown(item).put("queueId", item.id)));
      answer(request, 200, new JsonObject().put("builds", builds).encode());
    } else if (path.equals(JOB_PATH + "/api/json")) {
      JsonArray names = new JsonArray();
      declared.forEach(name -> names.add(new JsonObject().put("name", name)));
      JsonArray property =
          new JsonArray()
              .add(new JsonObject())
              .add(new JsonObject().put("parameterDefinitions", names));
      answer(
          request,
          200,
          new JsonObject().put("buildable", buildable).put("property", property).encode());
    } else if (path.equals("/jenkins/queue/api/json")) {
      JsonArray queue = new JsonArray();
      items.stream()
          .filter(item -> item.number == null && !item.cancelled)
          .forEach(
              item ->
                  queue.add(
                      shown(item)
                          .put("id", item.id)
                          .put(
                              "task",
                              new JsonObject()
                                  .put("url", "http://wrong.example" + JOB_PATH + "/"))));
      answer(request, 200, new JsonObject().put("items", queue).encode());
    } else if (path.matches("/jenkins/queue/item/[0-9]+/api/json")) {
      long id = Long.parseLong(path.replaceAll("[^0-9]", ""));
      items.stream()
          .filter(item -> item.id == id && !item.forgotten)
          .findFirst()
          .ifPresentOrElse(
              item -> answer(request, 200, queued(item).encode()),
              () -> answer(request, 404, "not there"));
    } else {
      items.stream()
          .filter(item -> item.number != null)
          .filter(item -> path.equals(JOB_PATH + "/" + item.number + "/api/json"))
          .findFirst()
          .ifPresentOrElse(
              item ->
                  answer(
                      request,
                      200,
                      new JsonObject()
                          .put("building", item.result == null)
                          .put("result", item.result)
                          .encode()),
              () -> answer(request, 404, "<html>Not found</html>"));
    }
  }

  private static JsonObject queued(Item item) {
    JsonObject out = new JsonObject().put("id", item.id);
    if (item.cancelled) {
      return out.put("cancelled", true);
    }
    return item.number == null
        ? out.put("why", "Waiting for next available executor").put("blocked", false)
        : out.put("cancelled", false)
            .put("executable", new JsonObject().put("number", item.number));
  }

  private static JsonObject shown(Item item) {
    JsonArray parameters = new JsonArray();
    item.parameters.forEach(
        (name, value) -> parameters.add(new JsonObject().put("name", name).put("value", value)));
    return new JsonObject()
        .put("number", item.number)
        .put(
            "actions",
            new JsonArray()
                .add(new JsonObject().put("_class", "hudson.model.CauseAction"))
                .addNull()
                .add(new JsonObject().put("parameters", parameters)));
  }

  private synchronized void post(HttpServerRequest request) {
    Fault fault = faults.apply(++posts);
    if (fault == Fault.NO_CRUMB) {
      crumbs.clear();
    }
    String cookie = request.getHeader("Cookie");
    String session = cookie == null ? "" : cookie.replaceAll(".*JSESSIONID.1=([^;]*).*", "$1");
    String crumb = request.getHeader(crumbField);
    if (issuesCrumbs && (crumb == null || !crumb.equals(crumbs.get(session)))) {
      answer(request, 403, "<html><h2>No valid crumb was included in the request</h2></html>");
    } else if (!request.path().equals(JOB_PATH + "/buildWithParameters")
        || !"delay=0sec".equals(request.query())) {
      answer(request, 404, "<html>Not found</html>");
    } else if (fault == Fault.RESET_BEFORE) {
      cut(request);
    } else if (fault == Fault.ERROR_BEFORE) {
      answer(request, 503, "<html>Please wait while Jenkins is getting ready</html>");
    } else if (fault == Fault.FOUND_LOGIN) {
      request.response().putHeader("Location", "https://sso.example/login");
      answer(request, 302, "");
    } else {
      taken(request, fault);
    }
  }

  private void taken(HttpServerRequest request, Fault fault) {
    MultiMap form = request.formAttributes();
    Map<String, String> kept = new TreeMap<>();
    form.forEach(
        (name, value) -> {
          if (declared.contains(name)) {
            kept.put(name, value);
          }
        });
    Item item = new Item(100 + items.size(), kept);
    items.add(item);
    switch (fault) {
      case RESET_AFTER -> cut(request);
      case HANG_AFTER -> asked.add(new Asked("POST " + request.path(), 0));
      case ERROR_AFTER -> answer(request, 502, "<html>Bad gateway</html>");
      case FOUND_JOB -> {
        request.response().putHeader("Location", "http://wrong.example" + JOB_PATH + "/");
        answer(request, 302, "");
      }
      default -> {
        String at = "http://wrong.example:8080/jenkins/jenkins/queue/item/" + item.id + "/";
        request.response().putHeader("Location", at);
        answer(request, fault == Fault.SEE_OTHER ? 303 : 201, "");
      }
    }
  }

  private void cut(HttpServerRequest request) {
    asked.add(new Asked(request.method() + " " + request.path(), 0));
    request.connection().close();
  }

  private void answer(HttpServerRequest request, int status, String body) {
    asked.add(new Asked(request.method() + " " + request.path(), status));
    request.response().setStatusCode(status).end(body);
  }
}
