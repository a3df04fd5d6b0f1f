package io.cta.server.api.contract;

import io.cta.server.http.SecurityHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Serves the contract for people: a page to browse, and the document itself as YAML and JSON. */
public final class ContractPage {
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "page.js", "text/javascript; charset=utf-8",
          "page.css", "text/css; charset=utf-8");

  private final JsonObject contract;
  private Buffer yaml;

  /**
   * @param contract the whole document
   */
  public ContractPage(JsonObject contract) {
    this.contract = contract;
  }

  public void mount(Router root) {
    root.route("/api").handler(new SecurityHeaders());
    root.route("/api/*").handler(new SecurityHeaders());
    root.get("/api/openapi.yaml").handler(ctx -> send(ctx, "application/yaml", yaml()));
    text(root, "/api/openapi.json", "application/json", Buffer.buffer(contract.encode()));
    FILES.forEach((name, type) -> text(root, "/api/" + name, type, read(name)));
    // also with a trailing slash; the page refers to its files by relative paths
    root.get("/api").handler(ContractPage::withoutSlash);
    text(root, "/api", FILES.get("index.html"), read("index.html"));
  }

  /** Written when the first asks: no start waits for it. */
  private synchronized Buffer yaml() {
    if (yaml == null) {
      yaml = Buffer.buffer(ContractFileReader.yaml(contract));
    }
    return yaml;
  }

  private static void text(Router root, String path, String type, Buffer content) {
    root.get(path).handler(ctx -> send(ctx, type, content));
  }

  private static void withoutSlash(RoutingContext ctx) {
    if (ctx.request().path().endsWith("/")) {
      ctx.response().setStatusCode(308).putHeader("Location", "../api").end();
    } else {
      ctx.next();
    }
  }

  private static void send(RoutingContext ctx, String type, Buffer content) {
    ctx.response()
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-cache")
        .end(content);
  }

  private static Buffer read(String name) {
    try (InputStream in =
        ContractPage.class.getClassLoader().getResourceAsStream("api-page/" + name)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
