package io.cta.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who was not told of a result finds out why, and where forges call. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class IntegrationsPageTest {
  private static final String DEFINITIONS =
      """
      {"documents":[
        {"kind":"Channel","name":"team","type":"mattermost","url":"http://127.0.0.1:%d/hooks/s3cr3tpart"},
        {"kind":"Forge","name":"lab","type":"gitlab","url":"https://gitlab.example.org"},
        {"kind":"TestSuite","name":"smoke","tests":[{"name":"boots","stages":[{"run":"true"}]}]},
        {"kind":"Configuration","name":"any"},
        {"kind":"Scenario","name":"nightly","suite":"smoke","configuration":"any",
         "after":[{"notify":{"channels":["team"]}}]},
        {"kind":"Hook","name":"app","type":"gitlab",
         "triggers":[{"scenario":"nightly","events":["push"]}]}]}
      """;

  @TempDir private Path dir;
  private HttpServer chat;
  private SignedInBrowser visit;
  private RunningServer server;
  private HeadlessBrowser browser;

  @BeforeEach
  void open() throws Exception {
    visit = new SignedInBrowser();
    server = visit.server(dir, Map.of("CTA_OUTGOING_ALLOW", "127.0.0.1"));
    chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    chat.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(404, -1);
          }
        });
    chat.start();
  }

  @AfterEach
  void close() throws Exception {
    chat.stop(0);
    visit.close();
  }

  @Test
  void whereNothingIsDefinedThereIsAnExample() throws Exception {
    browser = visit.browser(dir);
    browser.click("a[href='#/integrations']");
    browser.sees("[aria-label='Not delivered']", "Everything that was sent arrived");
    browser.sees("[aria-label='Channels']", "kind: Channel");
    browser.sees("[aria-label='Hooks']", "kind: Hook");
    browser.sees("[aria-label='Forges']", "kind: Forge");
    isClean();
  }

  @Test
  void whatIsDefinedAndWhatDidNotArriveIsShown() throws Exception {
    server.post("/apply", new JsonObject(DEFINITIONS.formatted(chat.getAddress().getPort())));
    String id =
        server.post("/executions", new JsonObject().put("scenario", "nightly")).getString("id");
    server.post("/executions/" + id + "/cancel", new JsonObject());
    browser = visit.browser(dir);
    browser.sees(".rows", "cancelled");
    browser.until(() -> failed() == 1, () -> failed() + " failed");
    browser.click("a[href='#/integrations']");
    browser.sees("[aria-label='Not delivered']", "team");
    browser.sees("[aria-label='Channels']", "mattermost");
    browser.sees("[aria-label='Channels']", "trouble");
    browser.sees("[aria-label='Hooks']", server.url() + "/api/v1/hooks/");
    browser.sees("[aria-label='Hooks']", "no delivery seen yet");
    browser.sees("[aria-label='Forges']", "has no token");
    assertFalse(browser.script("return document.body.innerText").toString().contains("s3cr3t"));
    browser.click("[aria-label='Not delivered'] button");
    browser.sees(".toasts", "It is sent once more");
    browser.click("[aria-label='Not delivered'] a");
    browser.sees(".execution-head", "nightly");
    isClean();
  }

  private int failed() {
    try {
      return new JsonObject(server.get("/api/v1/deliveries?state=failed").body())
          .getJsonArray("items")
          .size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The browser complains of nothing but that nobody was logged in at first. */
  private void isClean() throws Exception {
    assertEquals(
        List.of(),
        browser.errors().stream().filter(line -> !line.contains("/api/v1/me - ")).toList());
  }
}
