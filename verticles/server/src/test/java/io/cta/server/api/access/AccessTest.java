package io.cta.server.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.server.api.ApiServer;
import io.cta.server.api.RawRequest;
import io.cta.server.api.TestApiClient;
import io.cta.server.api.contract.ContractFileReader;
import io.cta.server.store.MemoryStore;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls every operation of the contract with every role. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AccessTest {
  /** A forge has no token of CTA: its calls are verified by their signatures. */
  private static final Set<String> OPEN = Set.of("login", "welcome", "callHook");

  private static ApiServer server;

  /** An operation and the path it is called with. */
  record Op(String id, String method, String path, String role) {
    @Override
    public String toString() {
      return id;
    }
  }

  @BeforeAll
  static void start() {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<Op> operations() {
    List<Op> out = new ArrayList<>();
    JsonObject paths = ContractFileReader.read().getJsonObject("paths");
    for (Map.Entry<String, Object> path : paths) {
      for (Map.Entry<String, Object> method : (JsonObject) path.getValue()) {
        if (method.getValue() instanceof JsonObject op) {
          String at = "/api/v1" + path.getKey().replaceAll("\\{\\w+}", "none");
          String verb = method.getKey().toUpperCase(Locale.ROOT);
          out.add(new Op(op.getString("operationId"), verb, at, op.getString("x-role")));
        }
      }
    }
    return out;
  }

  static Stream<Op> closed() {
    return operations().stream().filter(op -> !OPEN.contains(op.id()));
  }

  @Test
  void everyOperationNamesARole() {
    assertTrue(operations().size() > 50);
    for (Op op : operations()) {
      assertNotNull(op.role(), op.id());
      assertEquals(OPEN.contains(op.id()), op.role().equals("public"), op.id());
    }
  }

  @ParameterizedTest(name = "no anonymous access to {0}")
  @MethodSource("closed")
  void noOperationIsAllowedWithoutCredentials(Op op) {
    TestApiClient.ReceivedResponse receivedResponse = call(server.nobody(), op).is(401);
    assertEquals("urn:cta:error:unauthenticated", receivedResponse.json().getString("type"));
    assertNotNull(receivedResponse.header("WWW-Authenticate"));
    call(server.with("cta_p_01JDK0000000000000000000T1_guessed"), op).is(401);
  }

  @ParameterizedTest
  @MethodSource("closed")
  void aLowerRoleIsRefusedAndTheNeededOneIsAllowed(Op op) {
    for (AccessRole role : AccessRole.values()) {
      int status = call(server.as(role), op).response().statusCode();
      if (op.role().equals("registration") || op.role().equals("agent")) {
        assertEquals(403, status, op + " as " + role);
      } else if (role.covers(AccessRole.valueOf(op.role().toUpperCase(Locale.ROOT)))) {
        // access was granted; the call itself is empty and names nothing that exists
        assertTrue(
            status != 401 && (status != 403 || op.id().equals("changePassword")),
            op + " as " + role + ": " + status);
        assertTrue(status < 500, op + " as " + role + ": " + status);
      } else {
        assertEquals(403, status, op + " as " + role);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("closed")
  void aRegistrationTokenAllowsOnlyEnrolment(Op op) {
    int status = call(server.with(ApiServer.REGISTRATION), op).response().statusCode();
    assertEquals(op.id().equals("enrol") ? 400 : 403, status);
  }

  @DisplayName("no state change by GET")
  @Test
  void noGetChangesAnything() {
    AtomicInteger writes = new AtomicInteger();
    MemoryStore store = (MemoryStore) server.stores.documents;
    store.beforeWrites(
        given -> {
          writes.addAndGet(given.size());
          return given;
        });
    operations().stream()
        .filter(op -> op.method().equals("GET"))
        .forEach(op -> call(server.admin(), op));
    store.beforeWrites(given -> given);
    assertEquals(0, writes.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/groups/../users",
        "/api/v1//users",
        "/api/v1/./users",
        "/api/v1/groups/%2e%2e/users",
        "/api/v1/users/",
        "/api/v1/groups/..%2fusers"
      })
  void noSpellingOfAPathBypassesItsRole(String path) {
    int status = RawRequest.get(server.url(), path, server.as(AccessRole.VIEWER).token());
    assertTrue(status == 403 || status == 404, path + ": " + status);
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    TestApiClient.ReceivedResponse receivedResponse = server.admin().get("/api/v1/me").is(200);
    assertEquals("nosniff", receivedResponse.header("X-Content-Type-Options"));
    assertTrue(
        receivedResponse.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
    assertEquals("DENY", server.nobody().get("/api/v1/me").is(401).header("X-Frame-Options"));
  }

  private static TestApiClient.ReceivedResponse call(TestApiClient client, Op op) {
    boolean body = op.method().equals("POST") || op.method().equals("PUT");
    Map<String, String> headers = op.method().equals("PUT") ? Map.of("If-Match", "*") : Map.of();
    return client.send(op.method(), op.path(), body ? "{}" : null, headers);
  }
}
