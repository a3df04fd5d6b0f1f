package io.cta.server.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.cta.server.security.AccessControl;
import io.cta.server.security.SecuritySettings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Login and logout in a browser. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SessionTest {
  private static final String PASSWORD = "a good long password";
  private final ApiServer server =
      new ApiServer(new SecuritySettings(PASSWORD, null, null, Duration.ofHours(1), false));
  private final TestApiClient browser = server.nobody();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSessionMayReadAndWithTheCsrfTokenWrite() {
    TestApiClient.ReceivedResponse in = login("admin", PASSWORD).is(200);
    assertEquals(new JsonObject().put("name", "admin").put("role", "admin"), in.json());
    String cookies = cookies(in);
    String session =
        in.response().headers().allValues("Set-Cookie").stream()
            .filter(c -> c.startsWith("cta_session="))
            .findFirst()
            .orElseThrow();
    assertTrue(session.contains("HTTPOnly"), session);
    assertTrue(session.contains("SameSite=Strict"), session);

    browser.send("GET", "/api/v1/me", null, Map.of("Cookie", cookies)).is(200);
    String group = new JsonObject().put("name", "g").encode();
    browser.send("POST", "/api/v1/groups", group, Map.of("Cookie", cookies)).is(403);
    browser
        .send("POST", "/api/v1/groups", group, Map.of("Cookie", cookies, "X-CSRF-Token", "guess"))
        .is(403);
    browser.send("POST", "/api/v1/groups", group, withCsrfToken(cookies)).is(201);
  }

  @Test
  void aLogoutClearsTheCookies() {
    String cookies = cookies(login("admin", PASSWORD));
    TestApiClient.ReceivedResponse out =
        browser.send("POST", "/api/v1/logout", null, withCsrfToken(cookies)).is(204);
    for (String cookie : out.response().headers().allValues("Set-Cookie")) {
      assertTrue(cookie.contains("Max-Age=0"), cookie);
    }
  }

  @Test
  void aForgedOrOldSessionIsRefused() {
    String cookies = cookies(login("admin", PASSWORD));
    String jwt = value(cookies, "cta_session");
    String forged = "cta_session=" + jwt.replaceFirst("\\.[^.]{5}", ".AAAAA");
    browser.send("GET", "/api/v1/me", null, Map.of("Cookie", forged)).is(401);
    String none = "cta_session=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.";
    browser.send("GET", "/api/v1/me", null, Map.of("Cookie", none)).is(401);
  }

  @Test
  void aNewPasswordEndsOtherSessionsAndADisabledUserIsRefused() {
    String other = cookies(login("admin", PASSWORD));
    String mine = cookies(login("admin", PASSWORD));
    String body = passwords("wrong password", "another long password");
    TestApiClient.ReceivedResponse wrong =
        browser.send("PUT", "/api/v1/me/password", body, withCsrfToken(mine)).is(400);
    assertEquals("current", wrong.field());
    body = passwords(PASSWORD, "another long password");
    TestApiClient.ReceivedResponse changed =
        browser.send("PUT", "/api/v1/me/password", body, withCsrfToken(mine)).is(204);
    browser.send("GET", "/api/v1/me", null, Map.of("Cookie", other)).is(401);
    browser.send("GET", "/api/v1/me", null, Map.of("Cookie", cookies(changed))).is(200);

    TestApiClient admin = server.admin();
    JsonObject ada =
        new JsonObject().put("name", "ada").put("password", PASSWORD).put("role", "viewer");
    admin.post("/api/v1/users", ada).is(201);
    String hers = cookies(login("ada", PASSWORD).is(200));
    ada.remove("password");
    admin.put("/api/v1/users/ada", ada.put("enabled", false), "*").is(200);
    browser.send("GET", "/api/v1/me", null, Map.of("Cookie", hers)).is(401);
    login("ada", PASSWORD).is(401);
  }

  @Test
  void guessingPasswordsIsLimited() {
    for (int i = 0; i < 5; i++) {
      browser.post("/api/v1/welcome", welcome("guess", PASSWORD)).is(401);
    }
    TestApiClient.ReceivedResponse limited =
        browser.post("/api/v1/welcome", welcome("guess", PASSWORD)).is(429);
    assertEquals("1", limited.header("Retry-After"));
    assertEquals("too many failed logins, try again in 1 s", limited.json().getString("detail"));
    server.clock.advance(Duration.ofSeconds(1));
    browser.post("/api/v1/welcome", welcome("guess", PASSWORD)).is(401);
  }

  @Test
  void theWelcomeLinkSetsThePasswordOnce() {
    try (ApiServer fresh =
        new ApiServer(new SecuritySettings(null, null, null, Duration.ofHours(1), false))) {
      AccessControl.Notice notice = fresh.security.notice;
      assertEquals("admin", notice.adminName());
      TestApiClient visitor = fresh.nobody();
      visitor.post("/api/v1/login", credentials("admin", PASSWORD)).is(401);
      visitor.post("/api/v1/welcome", welcome("guess", PASSWORD)).is(401);
      visitor.post("/api/v1/welcome", welcome(notice.welcomeToken(), "short")).is(400);
      TestApiClient.ReceivedResponse in =
          visitor.post("/api/v1/welcome", welcome(notice.welcomeToken(), PASSWORD)).is(200);
      visitor.send("GET", "/api/v1/me", null, Map.of("Cookie", cookies(in))).is(200);
      visitor.post("/api/v1/welcome", welcome(notice.welcomeToken(), PASSWORD)).is(401);
      visitor.post("/api/v1/login", credentials("admin", PASSWORD)).is(200);
    }
  }

  @Test
  void aSecondStartCreatesNoAdministratorAndKeepsSessionsAndTokens() {
    String cookies = cookies(login("admin", PASSWORD));
    AccessControl again =
        ApiServer.wait(
            AccessControl.start(
                server.vertx,
                server.stores,
                new SecuritySettings(null, null, null, Duration.ofHours(1), false),
                server.clock.time()));
    assertNull(again.notice.welcomeToken());
    assertNull(again.notice.registrationToken());
    String jwt = value(cookies, "cta_session");
    assertEquals("admin", ApiServer.wait(again.sessions.read(jwt)).principal().name());
    assertFalse(server.security.notice.registrationToken().isEmpty());
  }

  private TestApiClient.ReceivedResponse login(String name, String password) {
    return browser.post("/api/v1/login", credentials(name, password));
  }

  private static JsonObject credentials(String name, String password) {
    return new JsonObject().put("name", name).put("password", password);
  }

  private static JsonObject welcome(String token, String password) {
    return new JsonObject().put("token", token).put("password", password);
  }

  private static String passwords(String current, String next) {
    return new JsonObject().put("current", current).put("password", next).encode();
  }

  private static String cookies(TestApiClient.ReceivedResponse receivedResponse) {
    List<String> set = receivedResponse.response().headers().allValues("Set-Cookie");
    return String.join("; ", set.stream().map(c -> c.substring(0, c.indexOf(';'))).toList());
  }

  private static Map<String, String> withCsrfToken(String cookies) {
    return Map.of("Cookie", cookies, "X-CSRF-Token", value(cookies, "cta_csrf"));
  }

  private static String value(String cookies, String name) {
    return List.of(cookies.split("; ")).stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }
}
