package io.cta.s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests with Signature Version 4, in the header. Source: "Authenticating Requests: Using
 * the Authorization Header (AWS Signature Version 4)", Amazon S3 API Reference. Any thread.
 */
public final class S3Signer {
  /** SHA-256 of nothing. */
  public static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String END = "aws4_request";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DATE_CHARS = 8;

  private final S3Credentials credentials;

  public S3Signer(S3Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * Returns all headers with which a request is to be sent. {@code Host} is not among them: clients
   * set it themselves.
   *
   * @param uri encoded as it is sent
   * @param headers that are signed, beside those that are added here
   * @param sha256 of the body, in hex
   */
  public Map<String, String> sign(
      String method,
      URI uri,
      Map<String, String> headers,
      String sha256,
      String region,
      Instant now) {
    String time = TIME.format(now);
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sent.putAll(headers);
    sent.put("x-amz-date", time);
    sent.put("x-amz-content-sha256", sha256);
    if (credentials.sessionToken() != null) {
      sent.put("x-amz-security-token", credentials.sessionToken());
    }
    Map<String, String> signed = new TreeMap<>();
    sent.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), folded(value)));
    signed.put("host", host(uri));
    String names = String.join(";", signed.keySet());
    String canonical =
        method
            + "\n"
            + (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
            + "\n"
            + canonicalQuery(uri.getRawQuery())
            + "\n"
            + signed.entrySet().stream()
                .map(one -> one.getKey() + ":" + one.getValue() + "\n")
                .collect(Collectors.joining())
            + "\n"
            + names
            + "\n"
            + sha256;
    String date = time.substring(0, DATE_CHARS);
    String scope = date + "/" + region + "/s3/" + END;
    String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + Sha256.of(canonical);
    sent.put(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                ALGORITHM,
                credentials.accessKey(),
                scope,
                names,
                HexFormat.of().formatHex(hmac(key(date, region), toSign))));
    return sent;
  }

  /** What a client sends as {@code Host}: a port only when it is not that of the scheme. */
  private static String host(URI uri) {
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    boolean shown = uri.getPort() >= 0 && uri.getPort() != usual;
    return shown ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
  }

  private static String canonicalQuery(String query) {
    return query == null
        ? ""
        : Arrays.stream(query.split("&"))
            .map(one -> one.indexOf('=') < 0 ? one + "=" : one)
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private static String folded(String value) {
    return value.strip().replaceAll(" +", " ");
  }

  private byte[] key(String date, String region) {
    byte[] secret = ("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8);
    return hmac(hmac(hmac(hmac(secret, date), region), "s3"), END);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
