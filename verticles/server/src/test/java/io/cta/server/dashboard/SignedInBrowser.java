package io.cta.server.dashboard;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of its own and a browser in which its administrator has logged in. Test thread only. */
final class SignedInBrowser {
  final Vertx vertx;
  private RunningServer server;
  private HeadlessBrowser browser;

  /** Skips the test if there is no browser. */
  SignedInBrowser() {
    HeadlessBrowser.require();
    vertx = Vertx.vertx();
  }

  /** Starts the server; the browser comes later, so that it finds what was defined before. */
  RunningServer server(Path dir) throws Exception {
    return server(dir, Map.of());
  }

  /**
   * @param env more variables for it
   */
  RunningServer server(Path dir, Map<String, String> env) throws Exception {
    server = new RunningServer(vertx, dir.resolve("data"), env);
    return server;
  }

  HeadlessBrowser browser(Path dir) throws Exception {
    browser = HeadlessBrowser.start(dir.resolve("profile"));
    browser.open(server.url() + "/");
    browser.type("#field-name", "admin");
    browser.type("#field-password", RunningServer.PASSWORD);
    browser.click("form button");
    return browser;
  }

  void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
    vertx.close().await(20, TimeUnit.SECONDS);
  }
}
