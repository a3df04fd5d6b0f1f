package io.cta.s3;

import io.cta.text.TextCut;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Why a store refused a request. Fields are null when it does not say.
 *
 * @param status of the answer
 * @param code such as {@code NoSuchKey}
 * @param message for people
 * @param region in which the bucket is
 * @param endpoint where the bucket is to be asked for
 * @param serverTime of a clock that differs
 */
public record S3Error(
    int status, String code, String message, String region, String endpoint, Instant serverTime) {
  /** Longest body that is looked at, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_TEXT = 300;
  private static final int TOO_MANY = 429;
  private static final Set<String> TEMPORARY =
      Set.of(
          "BadDigest",
          "InternalError",
          "OperationAborted",
          "RequestTimeout",
          "ServiceUnavailable",
          "SlowDown");
  private static final Set<Integer> TEMPORARY_STATUS = Set.of(408, TOO_MANY, 500, 502, 503, 504);

  /** Reads the body of an answer; one that is no error in XML says nothing. */
  public static S3Error parse(int status, byte[] body) {
    Map<String, String> fields = S3Xml.fieldsOf("Error", body);
    return new S3Error(
        status,
        fields.get("Code"),
        fields.get("Message"),
        fields.get("Region"),
        fields.get("Endpoint"),
        time(fields.get("ServerTime")));
  }

  public boolean is(String wanted) {
    return wanted.equals(code);
  }

  /** Whether the same request may be answered otherwise in a while. */
  public boolean isTemporary() {
    return TEMPORARY_STATUS.contains(status) || code != null && TEMPORARY.contains(code);
  }

  /** Status, code and message in one line. */
  public String text() {
    String said = (code == null ? "" : " " + code) + (message == null ? "" : ": " + message);
    String where =
        is("PermanentRedirect") || is("TemporaryRedirect")
            ? endpoint == null ? "" : " (the bucket is at " + endpoint + ")"
            : "";
    return TextCut.shortened((status + said + where).replaceAll("\\p{Cntrl}", " "), MAX_TEXT);
  }

  private static Instant time(String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
