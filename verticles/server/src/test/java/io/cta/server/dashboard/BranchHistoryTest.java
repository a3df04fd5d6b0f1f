package io.cta.server.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run tested is seen in the list, and leads to what else ran on its branch. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BranchHistoryTest {
  private static final String COMMIT = "6aa1ee1db50114c6adc2e4d94ecd539c03bcab7e";
  private static final String DEFINITIONS =
      """
      {"documents": [
        {"kind": "TestSuite", "name": "shop", "tests": [
          {"name": "checkout", "stages": [{"run": "true"}]}]},
        {"kind": "Configuration", "name": "anywhere", "mode": "mono"},
        {"kind": "Scenario", "name": "nightly", "suite": "shop", "configuration": "anywhere"}]}
      """;

  @TempDir private Path dir;

  private SignedInBrowser visit;
  private RunningServer server;
  private HeadlessBrowser browser;

  @BeforeEach
  void open() throws Exception {
    visit = new SignedInBrowser();
    server = visit.server(dir);
    server.post("/apply", new JsonObject(DEFINITIONS));
    start("main");
    start("fix/a b&c");
    browser = visit.browser(dir);
  }

  @AfterEach
  void close() throws Exception {
    if (visit != null) {
      visit.close();
    }
  }

  @Test
  void theBranchOfARunLeadsToItsHistory() throws Exception {
    browser.sees(".rows", "main 6aa1ee1db5");
    browser.sees(".rows", "fix/a b&c 6aa1ee1db5");
    browser.click(".row-source");
    browser.until(() -> rows() == 1, () -> rows() + " rows");
    browser.sees(".rows", "fix/a b&c 6aa1ee1db5");
    assertEquals("fix/a b&c", script("return document.querySelector('.search-input').value"));
    browser.click(".row-link");
    browser.sees(".facts", "fix/a b&c");
    browser.click(".facts a[href*='branch=']");
    browser.sees("h1", "Executions");
    browser.until(() -> rows() == 1, () -> rows() + " rows");
  }

  private void start(String branch) throws Exception {
    JsonObject source = new JsonObject().put("branch", branch).put("commit", COMMIT);
    server.post("/executions", new JsonObject().put("scenario", "nightly").put("source", source));
  }

  private long rows() {
    return (Integer) script("return document.querySelectorAll('.execution-row').length");
  }

  private Object script(String script) {
    try {
      return browser.script(script);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
