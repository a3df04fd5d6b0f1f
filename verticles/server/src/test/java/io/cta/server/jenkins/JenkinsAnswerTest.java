package io.cta.server.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.jenkins.JenkinsAnswer.Kind;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.OutgoingUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Jenkins' answers mean, where its jobs are, and when it is looked at. */
class JenkinsAnswerTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final JobAddress JOB =
      new JobAddress(OutgoingUrl.parse("url", "https://ci.example/jenkins/"), "a b/ü+c");

  @ParameterizedTest
  @CsvSource({
    "201,http://x/queue/item/12/,QUEUED,12",
    "201,http://x/jenkins//jenkins/queue/item/12,QUEUED,12",
    "303,/queue/item/7/,QUEUED,7",
    "201,,SOMEWHERE,",
    "200,,SOMEWHERE,",
    "302,http://x/queue/item/7/,SOMEWHERE,",
    "302,http://x/job/a/,SOMEWHERE,",
    "303,http://x/queue/item/99999999999999999999/,SOMEWHERE,",
    "400,,REFUSED,",
    "401,,REFUSED,",
    "403,,REFUSED,",
    "404,,REFUSED,",
    "409,,REFUSED,",
    "408,,RETRY,",
    "429,,RETRY,",
    "500,,RETRY,",
    "503,,RETRY,",
  })
  void eachAnswerToAStartHasItsMeaning(int status, String location, Kind kind, Long item) {
    Map<String, String> headers = location == null ? Map.of() : Map.of("location", location);
    JenkinsAnswer answer =
        JenkinsAnswer.ofStart(new OutgoingAnswer(status, null, null, "", headers, ""), NOW);
    assertEquals(kind, answer.kind());
    assertEquals(item, answer.queueItem());
  }

  @Test
  void aCrumbThatIsMissingIsToldFromAMissingRight() {
    assertEquals(Kind.NO_CRUMB, refused("<h2>No valid crumb was included</h2>").kind());
    JenkinsAnswer right = refused("<html><b>cta</b> is missing the Job/Build permission</html>");
    assertEquals(Kind.REFUSED, right.kind());
    assertEquals("HTTP 403 cta is missing the Job/Build permission", right.text());
  }

  private static JenkinsAnswer refused(String body) {
    return JenkinsAnswer.ofStart(new OutgoingAnswer(403, null, null, body, Map.of(), body), NOW);
  }

  @Test
  void whatAJenkinsWishesToWaitIsKept() {
    OutgoingAnswer busy = new OutgoingAnswer(503, "90", null, "");
    assertEquals(Duration.ofSeconds(90), JenkinsAnswer.of(busy, NOW).pause());
  }

  @Test
  void addressesAreBelowTheConfiguredOneAndEncoded() {
    assertEquals("https://ci.example/jenkins/job/a%20b/job/%C3%BC%2Bc/7/", JOB.page(7));
  }

  @Test
  void aJobIsKnownWhateverJenkinsBelievesItsAddressToBe() {
    assertTrue(JOB.isTask("http://wrong:8080/job/a%20b/job/%C3%BC+c/"));
    assertTrue(JOB.isTask("http://wrong:8080/jenkins/job/a%20b/job/%C3%BC%2Bc/"));
    assertFalse(JOB.isTask("http://wrong:8080/job/%C3%BC+c/"));
    assertFalse(JOB.isTask("http://wrong:8080/job/a%20b/job/%C3%BC+cd/"));
    assertFalse(JOB.isTask("http://wrong:8080/job/%zz/"));
  }

  @ParameterizedTest
  @CsvSource({"0,2", "7,2", "8,2", "40,10", "120,30", "100000,30", "-50,2"})
  void pausesGrowFromTwoSecondsToThirty(long sinceAccepted, long pause) {
    assertEquals(
        Duration.ofSeconds(pause), BuildPauses.after(NOW.minusSeconds(sinceAccepted), NOW));
  }
}
