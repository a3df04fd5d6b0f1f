package io.cta.server.api.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AccessRole;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSource;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.server.api.ApiServer;
import io.cta.server.api.TestApiClient;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Badges and feeds: addresses for programs that cannot log in. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SharedLinksTest {
  private final ApiServer server = new ApiServer();
  private final TestApiClient nobody = server.nobody();
  private String scenario;
  private String badge;
  private String feed;

  @BeforeEach
  void links() {
    server.nightly();
    scenario = server.admin().get("/api/v1/scenarios/nightly").json().getString("id");
    JsonObject links =
        server.as(AccessRole.VIEWER).get("/api/v1/scenarios/nightly/links").is(200).json();
    badge = links.getString("badge");
    feed = links.getString("feed");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBadgeShowsTheResultOfTheLastExecutionThatIsOver() throws Exception {
    assertTrue(text(badge).contains("nightly: unknown"));
    execution(State.FINISHED, Result.FAILED, "main");
    execution(State.FINISHED, Result.OK, "next");
    execution(State.RUNNING, null, "main");
    assertTrue(text(badge).contains("nightly: ok"));
    assertTrue(text(badge + "&branch=main").contains("nightly: failed"));
    execution(State.CANCELLED, Result.INCONCLUSIVE, "main");
    assertTrue(text(badge).contains("nightly: cancelled"));
  }

  @Test
  void proxiesMustAskEachTimeAndAreToldWhenNothingHasChanged() throws Exception {
    HttpResponse<String> first = get(badge, null);
    assertEquals("image/svg+xml", header(first, "Content-Type"));
    assertEquals("no-cache, max-age=0", header(first, "Cache-Control"));
    assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", header(first, "Expires"));
    assertTrue(header(first, "Content-Security-Policy").startsWith("sandbox"));
    assertEquals(304, get(badge, header(first, "ETag")).statusCode());
    execution(State.FINISHED, Result.OK, "main");
    assertEquals(200, get(badge, header(first, "ETag")).statusCode());
  }

  @Test
  void awrongAddressIsAGreyBadgeAndNoFeed() throws Exception {
    String key = badge.substring(badge.length() - 32);
    for (String wrong :
        new String[] {
          "/badges/" + scenario + ".svg",
          "/badges/" + scenario + ".svg?key=",
          "/badges/" + scenario + ".svg?key=" + "0".repeat(32),
          "/badges/nobody.svg?key=" + key,
          "/badges/x"
        }) {
      assertEquals(200, get(wrong, null).statusCode(), wrong);
      assertTrue(text(wrong).contains("tests: unknown"), wrong);
    }
    assertEquals(404, get("/feeds/" + scenario + ".atom?key=" + key, null).statusCode());
  }

  @Test
  void aFeedTellsOfWhatIsNotOk() throws Exception {
    execution(State.FINISHED, Result.OK, "main");
    String bad = execution(State.FINISHED, Result.FAILED, "main");
    String atom = text(feed);
    assertEquals(1, atom.split("<entry>").length - 1, atom);
    assertTrue(atom.contains("<id>urn:cta:execution:" + bad + "</id>"), atom);
    assertTrue(atom.contains("<title>nightly: finished, failed</title>"), atom);
  }

  private String execution(State state, Result result, String branch) {
    String id = IdGenerator.next();
    ExecutionSource source = ExecutionSourceBuilder.builder().branch(branch).build();
    ApiServer.wait(
        server.stores.executions.insert(
            id,
            ExecutionBuilder.builder()
                .id(id)
                .scenarioId(scenario)
                .scenarioName("nightly")
                .state(state)
                .result(result)
                .requestedAt(server.clock.instant())
                .finishedAt(server.clock.instant())
                .source(source)
                .build()));
    return id;
  }

  private String text(String path) throws Exception {
    return get(path, null).body();
  }

  private HttpResponse<String> get(String path, String tag) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(nobody.base() + path));
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
