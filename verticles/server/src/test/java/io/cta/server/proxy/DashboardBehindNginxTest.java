package io.cta.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.broker.KeptPort;
import io.cta.message.TaskRun;
import io.cta.server.dashboard.HeadlessBrowser;
import io.cta.server.dashboard.LinkedAgent;
import io.cta.server.dashboard.RunningServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard behind nginx, below a path, while the server is stopped and started. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DashboardBehindNginxTest {
  private static final String DEFINITIONS =
      """
      {"documents": [
        {"kind": "TestSuite", "name": "shop", "tests": [
          {"name": "checkout", "stages": [{"run": "true"}]}]},
        {"kind": "Configuration", "name": "anywhere", "mode": "mono"},
        {"kind": "Scenario", "name": "nightly", "suite": "shop", "configuration": "anywhere"}]}
      """;

  @TempDir private Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final int port = KeptPort.next();
  private Vertx serverVertx;
  private RunningServer server;
  private LinkedAgent agent;
  private NginxProcess nginxProcess;
  private HeadlessBrowser headlessBrowser;

  @AfterEach
  void close() throws Exception {
    if (headlessBrowser != null) {
      headlessBrowser.close();
    }
    if (agent != null) {
      agent.close();
    }
    if (nginxProcess != null) {
      nginxProcess.close();
    }
    stop();
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void thePageReconnectsByItself() throws Exception {
    HeadlessBrowser.require();
    nginxProcess = new NginxProcess(dir.resolve("nginx"), NginxTest.sample(), port);
    serve();
    server.post("/apply", new JsonObject(DEFINITIONS));
    agent = server.agent(vertx, "build-1");
    headlessBrowser = HeadlessBrowser.start(dir.resolve("profile"));

    headlessBrowser.open(nginxProcess.url() + "/cta/");
    headlessBrowser.type("#field-name", "admin");
    headlessBrowser.type("#field-password", RunningServer.PASSWORD);
    headlessBrowser.click("form button");
    headlessBrowser.sees(".connection", "Live");
    headlessBrowser.click(".page-head .primary");
    headlessBrowser.sees(".choices", "nightly");
    headlessBrowser.click(".choice");
    TaskRun run = agent.task();
    headlessBrowser.sees(".execution-head .badge", "running");
    agent.writes(run, "before the stop\n");
    headlessBrowser.sees(".log-view", "before the stop");

    headlessBrowser.script("window.sameVisit = true");
    stop();
    headlessBrowser.sees(".connection", "Offline since");
    serve();
    headlessBrowser.sees(".connection", "Live");
    agent.writes(run, "after the start\n");
    headlessBrowser.sees(".log-view", "after the start");
    assertEquals(true, headlessBrowser.script("return window.sameVisit"));
  }

  @Test
  void aPageOpenedWhileTheServerIsDownWorksOnceItIsUp() throws Exception {
    HeadlessBrowser.require();
    // nginx serves the page's files, as a cache would, and the server behind it is down
    Path pages = NginxTest.project("webroot");
    String config =
        NginxTest.sample()
            .replaceFirst(
                "location /cta/ \\{",
                "location /cta/api/ { proxy_pass http://127.0.0.1:8080/api/; }\n"
                    + "    location /cta/ { alias "
                    + pages
                    + "/; types { text/html html; text/javascript js; text/css css; } }\n"
                    + "    location /unused/ {");
    nginxProcess = new NginxProcess(dir.resolve("nginx"), config, port);
    headlessBrowser = HeadlessBrowser.start(dir.resolve("profile"));
    headlessBrowser.open(nginxProcess.url() + "/cta/");
    headlessBrowser.sees(".blank-failure", "could not be loaded");
    serve();
    headlessBrowser.sees("h1", "Log in to CTA");
  }

  private void stop() throws Exception {
    if (server != null) {
      server.close();
      server = null;
      serverVertx.close().await(20, TimeUnit.SECONDS);
    }
  }

  private void serve() throws Exception {
    serverVertx = Vertx.vertx();
    server =
        new RunningServer(
            serverVertx,
            dir.resolve("data"),
            Map.of(
                "CTA_HTTP_PORT", "" + port,
                "CTA_HTTP_TRUSTED_PROXIES", "127.0.0.1",
                "CTA_HTTP_PUBLIC_URL", nginxProcess.url() + "/cta"));
  }
}
