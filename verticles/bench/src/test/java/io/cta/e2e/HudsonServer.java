package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ShippedJars;
import io.cta.broker.KeptPort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Eclipse Hudson 3.3.2 with its crumbs switched on, in a process of its own. It is the sister of
 * Jenkins, of which no release can be had here. Its war is what {@code src/test/hudson} brings.
 */
final class HudsonServer implements AutoCloseable {
  private static final Path LIB =
      ShippedJars.source("verticles/bench/src/test/hudson").resolve("target/lib");
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /** What a Hudson of 2016 reaches into of a Java of today. */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.ref",
          "java.base/java.lang.reflect",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.util.concurrent.locks",
          "java.base/java.util.regex",
          "java.base/java.text",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/sun.nio.ch",
          "java.desktop/java.awt.font",
          "java.desktop/javax.swing.undo");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path dir;
  private final int port = KeptPort.next();
  private final Process process;

  private HudsonServer(Path dir) throws IOException {
    this.dir = Files.createDirectories(dir);
    write(
        "context.xml",
        """
        <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://www.eclipse.org/jetty/configure_9_3.dtd">
        <Configure class="org.eclipse.jetty.webapp.WebAppContext">
          <Set name="contextPath">/</Set>
          <Set name="war">%s</Set>
          <Set name="overrideDescriptor">%s</Set>
          <Get name="securityHandler"><Set name="loginService">
            <New class="org.eclipse.jetty.security.HashLoginService"><Set name="config">%s</Set></New>
          </Set></Get>
        </Configure>
        """
            .formatted(
                LIB.resolve("hudson-war.war"),
                dir.resolve("web.xml"),
                dir.resolve("realm.properties")));
    write("realm.properties", "");
    write(
        "web.xml",
        """
        <web-app>
          <filter><filter-name>crumbs</filter-name>
            <filter-class>hudson.security.csrf.CrumbFilter</filter-class></filter>
          <filter-mapping><filter-name>crumbs</filter-name><url-pattern>/*</url-pattern></filter-mapping>
        </web-app>
        """);
    Files.createDirectories(dir.resolve("home"));
    write(
        "home/config.xml",
        """
        <hudson><numExecutors>2</numExecutors><useSecurity>false</useSecurity>
          <crumbIssuer class="hudson.security.csrf.DefaultCrumbIssuer"/></hudson>
        """);
    process = launched();
  }

  /** Starts one and waits until it works; the test is skipped where its war is missing. */
  static HudsonServer start(Path dir) throws IOException {
    boolean there = Files.exists(LIB.resolve("hudson-war.war"));
    if (!there && Boolean.parseBoolean(System.getenv("CTA_REQUIRE_SERVERS"))) {
      throw new IllegalStateException("no Hudson: mvn -pl :hudson-server package brings it");
    }
    assumeTrue(there, "no Hudson: mvn -pl :hudson-server package brings it");
    HudsonServer server = new HudsonServer(dir);
    ConditionPoller.holds("Hudson", START_LIMIT, server::answers, Boolean::booleanValue);
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * Makes a job that runs a script.
   *
   * @param parameters the names of those that it declares
   */
  void job(String name, String script, String... parameters) throws Exception {
    StringBuilder declared = new StringBuilder();
    for (String parameter : parameters) {
      declared
          .append("<hudson.model.StringParameterDefinition><name>")
          .append(parameter)
          .append("</name><defaultValue/></hudson.model.StringParameterDefinition>");
    }
    String config =
        "<project><properties><hudson.model.ParametersDefinitionProperty><parameterDefinitions>"
            + declared
            + "</parameterDefinitions></hudson.model.ParametersDefinitionProperty></properties>"
            + "<builders><hudson.tasks.Shell><command>"
            + script
            + "</command></hudson.tasks.Shell></builders></project>";
    JsonObject crumb = new JsonObject(get("/crumbIssuer/api/json"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/createItem?name=" + name))
            .header("Content-Type", "application/xml")
            .header(crumb.getString("crumbRequestField"), crumb.getString("crumb"))
            .POST(HttpRequest.BodyPublishers.ofString(config))
            .build();
    HttpResponse<String> made = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, made.statusCode(), made.body());
  }

  /** What a build is known as there. */
  JsonObject build(String job, int number) throws Exception {
    return new JsonObject(get("/job/" + job + "/" + number + "/api/json"));
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(30)).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private boolean answers() {
    try {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "Hudson ended: " + Files.readString(dir.resolve("hudson.log")));
      }
      HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/json")).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process launched() throws IOException {
    List<String> command = new ArrayList<>(List.of("java", "-Xmx512m", "-XX:+UseSerialGC"));
    OPENED.forEach(one -> command.addAll(List.of("--add-opens", one + "=ALL-UNNAMED")));
    command.addAll(
        List.of(
            "-DskipInitSetup=true",
            "-DHUDSON_HOME=" + dir.resolve("home"),
            "-Djava.io.tmpdir=" + Files.createDirectories(dir.resolve("tmp")),
            "-jar",
            LIB.resolve("jetty-runner.jar").toString(),
            "--host",
            "127.0.0.1",
            "--port",
            String.valueOf(port),
            dir.resolve("context.xml").toString()));
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("hudson.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    return started;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(dir.resolve(name), text);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
