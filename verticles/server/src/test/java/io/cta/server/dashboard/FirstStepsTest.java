package io.cta.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has just set the password gets to a first result without reading anything else. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FirstStepsTest {
  @TempDir private Path dir;

  private SignedInBrowser visit;
  private RunningServer server;
  private LinkedAgent agent;
  private HeadlessBrowser browser;

  @BeforeEach
  void open() throws Exception {
    visit = new SignedInBrowser();
    server = visit.server(dir);
    browser = visit.browser(dir);
    browser.sees(".panel", "No executions yet");
  }

  @AfterEach
  void close() throws Exception {
    if (agent != null) {
      agent.close();
    }
    if (visit != null) {
      visit.close();
    }
  }

  @Test
  void aMachineIsConnectedATokenMadeAndATestRun() throws Exception {
    browser.click(".blank a[href='#/start']");
    browser.sees(".step-state", "Waiting for the first machine");
    browser.click(".step:nth-child(1) .button.primary");
    browser.sees(".step:nth-child(1) .command", "--server " + server.url());
    String registration = value(browser.text(".step:nth-child(1) pre"), "CTA_AGENT_TOKEN=");
    HttpResponse<String> enrolled =
        call("POST", "/agents/enrol", registration, "{\"name\":\"box\",\"hostname\":\"box\"}");
    assertTrue(enrolled.statusCode() < 300, enrolled.body());
    agent = new LinkedAgent(visit.vertx, "box");
    agent.connect(URI.create(server.url()), new JsonObject(enrolled.body()));
    browser.sees(".step-state", "box is connected");

    browser.click(".step:nth-child(2) .button.primary");
    browser.sees(".step:nth-child(2) .command", "CTA_SERVER=" + server.url());
    String token = value(browser.text(".step:nth-child(2) pre"), "CTA_TOKEN=");
    assertEquals(200, call("GET", "/machines", token, null).statusCode());

    browser.click(".step:nth-child(3) .button.primary");
    browser.sees(".execution-head", "hello");
    assertEquals("greet", agent.task().tests().get(0).name());
    JsonArray scenarios =
        new JsonObject(call("GET", "/scenarios", token, null).body()).getJsonArray("items");
    assertEquals(1, scenarios.size());
    isClean();
  }

  @Test
  void aTokenIsShownOnceAndRefusedWhenItIsDeleted() throws Exception {
    browser.click("a[href='#/tokens']");
    browser.click(".page-head .primary");
    browser.type("#token-form input", "nightly build");
    browser.click(".dialog-foot .primary");
    browser.sees(".dialog .command", "cta_");
    String token = browser.text(".dialog pre").strip();
    assertEquals(200, call("GET", "/machines", token, null).statusCode());
    browser.click(".dialog-foot .primary");
    browser.sees(".table", "nightly build");
    assertTrue(!browser.script("return document.body.innerText").toString().contains(token));
    browser.script(
        "[...document.querySelectorAll('.table tbody tr')].find(r => r.innerText.includes('nightly"
            + " build')).querySelector('button').click()");
    browser.sees(".dialog", "refused from now on");
    browser.click(".dialog-foot .danger");
    browser.sees(".toasts", "nightly build is refused from now on");
    assertEquals(401, call("GET", "/machines", token, null).statusCode());
    browser.until(() -> !table().contains("nightly build"), () -> "still there: " + table());
    isClean();
  }

  private String table() {
    try {
      return browser.text(".table");
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

  private static String value(String command, String variable) {
    int at = command.indexOf(variable) + variable.length();
    return command.substring(at).split("\\s")[0];
  }

  private HttpResponse<String> call(String method, String path, String token, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
