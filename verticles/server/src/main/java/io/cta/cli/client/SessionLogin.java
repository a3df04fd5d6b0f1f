package io.cta.cli.client;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Logs in with name and password, and makes an API token with the session. */
public final class SessionLogin {
  private static final String CSRF = "cta_csrf=";

  private final ApiClient api;

  /**
   * @param api a client without a token
   */
  public SessionLogin(ApiClient api) {
    this.api = api;
  }

  /**
   * Returns the token; nothing else of the session is kept.
   *
   * @param order as the contract's {@code TokenOrder}
   */
  public JsonObject token(String user, String password, JsonObject order) {
    JsonObject login = new JsonObject().put("name", user).put("password", password);
    ApiAnswer answer = ApiClient.orThrow(api.tryPost("/api/v1/login", login, Map.of()));
    List<String> cookies =
        answer.all("Set-Cookie").stream().map(cookie -> cookie.split(";", 2)[0]).toList();
    String csrf =
        cookies.stream()
            .filter(cookie -> cookie.startsWith(CSRF))
            .map(cookie -> cookie.substring(CSRF.length()))
            .findFirst()
            .orElseThrow(
                () -> new CliFailure(ExitCode.FAULT, "the server has answered without a session"));
    Map<String, String> headers = new HashMap<>();
    headers.put("Cookie", cookies.stream().collect(Collectors.joining("; ")));
    headers.put("X-CSRF-Token", csrf);
    JsonObject made = api.post("/api/v1/tokens", order, headers);
    api.tryPost("/api/v1/logout", new JsonObject(), headers);
    return made;
  }
}
