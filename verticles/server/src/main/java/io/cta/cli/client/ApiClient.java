package io.cta.cli.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of the server's REST interface, one blocking call at a time. A refusal is a {@link
 * CliFailure}. A failure that may pass, no answer at all or one that is not the server's, is a
 * {@link ServerUnreachable}.
 */
public final class ApiClient {
  private final String server;
  private final String token;

  public ApiClient(String server, String token) {
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.token = token;
  }

  public String server() {
    return server;
  }

  public JsonObject get(String path) {
    return json(bytes(path));
  }

  /** Returns all items of a list, read page after page. */
  public List<JsonObject> list(String path) {
    List<JsonObject> items = new ArrayList<>();
    String after = "";
    do {
      JsonObject page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + after);
      for (Object item : page.getJsonArray("items", new JsonArray())) {
        items.add((JsonObject) item);
      }
      String next = page.getString("next");
      after = next == null ? null : "&after=" + encode(next);
    } while (after != null);
    return items;
  }

  public JsonObject post(String path, JsonObject body, Map<String, String> headers) {
    return json(orThrow(tryPost(path, body, headers)));
  }

  public JsonObject put(String path, JsonObject body, Map<String, String> headers) {
    return json(orThrow(send("PUT", path, headers, body)));
  }

  public void delete(String path) {
    orThrow(send("DELETE", path, Map.of(), (byte[]) null));
  }

  /** Returns the answer as it is, a refusal included. */
  public ApiAnswer tryPost(String path, JsonObject body, Map<String, String> headers) {
    return send("POST", path, headers, body);
  }

  /** Returns a body as it is, with the headers that came with it. */
  public ApiAnswer bytes(String path) {
    return orThrow(send("GET", path, Map.of(), (byte[]) null));
  }

  /** Writes a body to a file as it comes; what is there may be a part when this fails. */
  public void download(String path, Path file) {
    Map<String, String> headers = new HashMap<>();
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    try {
      orThrow(orUnreachable(HttpRequestSender.download(url(path), headers, file)));
    } catch (FileSystemException e) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "cannot write " + file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new ServerUnreachable(server, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private ApiAnswer send(String method, String path, Map<String, String> headers, JsonObject body) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return send(method, path, all, body.encode().getBytes(StandardCharsets.UTF_8));
  }

  private ApiAnswer send(String method, String path, Map<String, String> headers, byte[] body) {
    Map<String, String> all = new HashMap<>(headers);
    if (token != null) {
      all.put("Authorization", "Bearer " + token);
    }
    try {
      return orUnreachable(HttpRequestSender.send(method, url(path), all, body));
    } catch (UnknownHostException e) {
      throw new ServerUnreachable(server, "there is no such host");
    } catch (IOException e) {
      throw new ServerUnreachable(server, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private URL url(String path) {
    try {
      URI uri = new URI(server + path);
      if (uri.getHost() != null && uri.getScheme().matches("(?i)https?")) {
        return uri.toURL();
      }
    } catch (URISyntaxException | MalformedURLException e) {
      // the answer is the same
    }
    throw new CliFailure(ExitCode.USAGE, "not an address of a server: " + server);
  }

  private ApiAnswer orUnreachable(ApiAnswer answer) {
    if (answer.status() < 400) {
      return answer;
    }
    ApiProblem problem = ApiProblem.of(answer.status(), answer.text());
    if (!problem.temporary()) {
      return answer;
    }
    Duration after =
        answer
            .header("Retry-After")
            .filter(value -> value.matches("\\d{1,4}"))
            .map(value -> Duration.ofSeconds(Long.parseLong(value)))
            .orElse(Duration.ZERO);
    throw new ServerUnreachable(server, problem.detail(), after);
  }

  private JsonObject json(ApiAnswer answer) {
    try {
      return new JsonObject(answer.text());
    } catch (DecodeException e) {
      throw new ServerUnreachable(server, "what came is not JSON");
    }
  }

  /** The answer itself; throws a {@link CliFailure} for a refusal. */
  public static ApiAnswer orThrow(ApiAnswer answer) {
    if (answer.status() >= 300) {
      throw ApiProblem.of(answer.status(), answer.text()).failure();
    }
    return answer;
  }
}
