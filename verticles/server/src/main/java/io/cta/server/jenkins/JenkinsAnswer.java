package io.cta.server.jenkins;

import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.RetryAfterHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Jenkins' answer means. Pure.
 *
 * @param queueItem of {@link Kind#QUEUED}; else null
 * @param pause how long it wants to be left alone, zero if it did not say
 * @param text for people
 */
record JenkinsAnswer(Kind kind, Long queueItem, Duration pause, String text) {
  private static final Pattern ITEM = Pattern.compile("/queue/item/([0-9]{1,18})/?$");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY = 429;

  /** What follows from it. */
  enum Kind {
    OK,
    /** It is in the queue, now or since before. */
    QUEUED,
    /** It may have been taken: where it is nobody said. */
    SOMEWHERE,
    /** The crumb is not, or no longer, one of this session. */
    NO_CRUMB,
    RETRY,
    REFUSED
  }

  /** Of a request that asks. */
  static JenkinsAnswer of(OutgoingAnswer answer, Instant now) {
    int status = answer.status();
    String text = "HTTP " + status + " " + plain(answer.text());
    if (status == 200) {
      return new JenkinsAnswer(Kind.OK, null, Duration.ZERO, "");
    }
    if (status >= 500 || status == TOO_MANY || status == REQUEST_TIMEOUT) {
      return new JenkinsAnswer(Kind.RETRY, null, RetryAfterHeader.of(answer, now), text);
    }
    if (status >= 300 && status < 400) {
      return refused("redirects are not followed: it pointed to " + answer.header("location"));
    }
    return refused(
        switch (status) {
          case 401 -> text + " (the user or the token is wrong)";
          case 404 -> text + " (it is not there, or the user may not read it)";
          default -> text;
        });
  }

  /** Of a request that starts a build. */
  static JenkinsAnswer ofStart(OutgoingAnswer answer, Instant now) {
    int status = answer.status();
    String to = answer.header("location");
    Matcher item = ITEM.matcher(to == null ? "" : to);
    if ((status == 201 || status == 303) && item.find()) {
      return new JenkinsAnswer(
          Kind.QUEUED,
          Long.valueOf(item.group(1)),
          Duration.ZERO,
          "queued as item " + item.group(1));
    }
    if (answer.success() || status >= 300 && status < 400) {
      String where = to == null ? "" : ", which pointed to " + to;
      return new JenkinsAnswer(
          Kind.SOMEWHERE, null, Duration.ZERO, "HTTP " + status + where + ", and to no queue item");
    }
    if (status == 403 && answer.body().toLowerCase(Locale.ROOT).contains("crumb")) {
      return new JenkinsAnswer(
          Kind.NO_CRUMB, null, Duration.ZERO, "HTTP 403 " + plain(answer.text()));
    }
    return of(answer, now);
  }

  private static JenkinsAnswer refused(String text) {
    return new JenkinsAnswer(Kind.REFUSED, null, Duration.ZERO, text);
  }

  private static String plain(String html) {
    return TAG.matcher(html).replaceAll(" ").replaceAll(" +", " ").strip();
  }
}
