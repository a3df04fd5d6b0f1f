package io.cta.s3;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the objects of a bucket are asked for.
 *
 * @param address {@code https://host:port} of a store, or null for that of Amazon in the region
 * @param bucket name of the bucket
 * @param pathStyle whether the bucket stands in the path, and not before the host
 */
public record S3Endpoint(URI address, String bucket, boolean pathStyle) {
  /** The region of stores that do not have any, and of Amazon's first. */
  public static final String DEFAULT_REGION = "us-east-1";

  /** The rule for people. */
  public static final String RULE = "must be http://host:port or https://host:port";

  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)https?://([a-z0-9_][a-z0-9._-]*|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?/?");

  /**
   * @param address as {@link #isAddress} takes it, or null
   * @param pathStyle null to choose: in the path for a store of one's own, and for a name with
   *     dots, which no certificate of Amazon's fits
   */
  public static S3Endpoint of(String address, String bucket, Boolean pathStyle) {
    boolean path =
        pathStyle == null ? address != null || bucket.indexOf('.') >= 0 : pathStyle.booleanValue();
    String base = address == null ? null : address.replaceFirst("/$", "");
    return new S3Endpoint(base == null ? null : URI.create(base), bucket, path);
  }

  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** Whether it can stand in a host name and in a signature. */
  public static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }

  /**
   * The address of a request.
   *
   * @param key of the object; empty for the bucket
   */
  public URI uri(String key, Map<String, String> query, String region) {
    String scheme = address == null ? "https" : address.getScheme();
    String authority =
        address == null ? "s3." + region + ".amazonaws.com" : address.getRawAuthority();
    String host = pathStyle ? authority : bucket + "." + authority;
    String path = pathStyle ? "/" + bucket + "/" : "/";
    String asked = query.isEmpty() ? "" : "?" + S3Encoding.query(query);
    return URI.create(scheme + "://" + host + path + S3Encoding.path(key) + asked);
  }
}
