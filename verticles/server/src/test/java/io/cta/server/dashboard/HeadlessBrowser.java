package io.cta.server.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A headless Chromium controlled by WebDriver. Test thread only. */
public final class HeadlessBrowser {
  private static final Pattern PORT = Pattern.compile("on port (\\d+)");
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private HeadlessBrowser(Process driver, String base, Path profile) throws Exception {
    this.driver = driver;
    JsonObject created = call("POST", base + "/session", capabilities(profile));
    session = base + "/session/" + created.getJsonObject("value").getString("sessionId");
  }

  /** The first program on the PATH with one of these names. */
  static Optional<String> program(String... names) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(dir -> Stream.of(names).map(name -> new File(dir, name)))
        .filter(File::canExecute)
        .map(File::getPath)
        .findFirst();
  }

  public static Optional<String> chromium() {
    return program("chromium", "chromium-browser", "google-chrome");
  }

  public static Optional<String> chromedriver() {
    return program("chromedriver");
  }

  /** Skips the test if there is no browser, unless {@code CTA_REQUIRE_SERVERS} is set. */
  public static void require() {
    if (System.getenv("CTA_REQUIRE_SERVERS") == null) {
      boolean found = chromium().isPresent() && chromedriver().isPresent();
      assumeTrue(found, "skipped: no chromium and chromedriver on the PATH");
    }
  }

  public static HeadlessBrowser start(Path profile) throws Exception {
    Process driver =
        new ProcessBuilder(chromedriver().orElseThrow(), "--port=0")
            .redirectErrorStream(true)
            .start();
    try {
      return new HeadlessBrowser(driver, "http://127.0.0.1:" + port(driver), profile);
    } catch (Exception e) {
      driver.destroyForcibly();
      throw e;
    }
  }

  public void open(String url) throws Exception {
    call("POST", session + "/url", new JsonObject().put("url", url));
  }

  /** Runs a script and returns its result; its arguments are {@code arguments[0]}… */
  public Object script(String script, Object... arguments) throws Exception {
    JsonObject body =
        new JsonObject().put("script", script).put("args", new JsonArray(List.of(arguments)));
    return call("POST", session + "/execute/sync", body).getValue("value");
  }

  /** The visible text of the first matching element; empty while there is none. */
  public String text(String css) throws Exception {
    Object text = script("return document.querySelector(arguments[0])?.innerText ?? ''", css);
    return text.toString();
  }

  public void type(String css, String text) throws Exception {
    call("POST", element(css) + "/value", new JsonObject().put("text", text));
  }

  public void click(String css) throws Exception {
    call("POST", element(css) + "/click", new JsonObject());
  }

  /** Waits until the text of an element contains the word. */
  public void sees(String css, String word) throws Exception {
    until(
        () -> quietly(() -> text(css)).contains(word),
        () -> css + " shows \"" + quietly(() -> text(css)) + "\", not \"" + word + "\"");
  }

  void until(Supplier<Boolean> holds, Supplier<String> otherwise) {
    try {
      Awaitility.await().pollInSameThread().pollInterval(POLL).atMost(TIMEOUT).until(holds::get);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(otherwise.get(), e);
    }
  }

  /** Console messages at level SEVERE, such as violations of the content policy. */
  List<String> errors() throws Exception {
    JsonObject log = call("POST", session + "/se/log", new JsonObject().put("type", "browser"));
    return log.getJsonArray("value").stream()
        .map(JsonObject.class::cast)
        .filter(entry -> "SEVERE".equals(entry.getString("level")))
        .map(entry -> entry.getString("message"))
        .toList();
  }

  void screenshot(Path file) throws Exception {
    String data = call("GET", session + "/screenshot", null).getString("value");
    Files.write(file, Base64.getDecoder().decode(data));
  }

  public void close() throws Exception {
    try {
      call("DELETE", session, null);
    } finally {
      driver.destroy();
      driver.waitFor(10, TimeUnit.SECONDS);
      driver.destroyForcibly();
    }
  }

  private String element(String css) throws Exception {
    until(
        () ->
            quietly(() -> script("return !!document.querySelector(arguments[0])", css))
                .equals(true),
        () -> "there is no " + css);
    JsonObject body = new JsonObject().put("using", "css selector").put("value", css);
    JsonObject found = call("POST", session + "/element", body).getJsonObject("value");
    return session + "/element/" + found.getString(ELEMENT);
  }

  private JsonObject call(String method, String url, JsonObject body) throws Exception {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.encode());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).method(method, publisher).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(method + " " + url + ": " + response.body());
    }
    return new JsonObject(response.body());
  }

  private static int port(Process driver) throws IOException {
    BufferedReader out = driver.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher m = PORT.matcher(line);
      if (line.contains("started successfully") && m.find()) {
        return Integer.parseInt(m.group(1));
      }
    }
    throw new IOException("chromedriver did not start");
  }

  private static JsonObject capabilities(Path profile) {
    List<String> arguments =
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            "--user-data-dir=" + profile);
    JsonObject options =
        new JsonObject()
            .put("binary", chromium().orElseThrow())
            .put("args", new JsonArray(arguments));
    JsonObject wanted =
        new JsonObject()
            .put("browserName", "chrome")
            .put("goog:chromeOptions", options)
            .put("goog:loggingPrefs", new JsonObject().put("browser", "ALL"));
    return new JsonObject().put("capabilities", new JsonObject().put("alwaysMatch", wanted));
  }

  /** An action whose exception fails the test. */
  private interface Step<T> {
    T run() throws Exception;
  }

  private static <T> T quietly(Step<T> step) {
    try {
      return step.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
