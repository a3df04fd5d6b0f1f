package io.cta.s3;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One page of a listing (ListObjectsV2).
 *
 * @param objects in the order of their keys
 * @param next token of the page behind it, or null for the last one
 */
public record S3ListPage(List<S3Object> objects, String next) {
  /** Longest body, in bytes: a thousand keys of the greatest length, encoded. */
  public static final int MAX_BYTES = 8 << 20;

  /**
   * An object in a listing.
   *
   * @param key its whole key
   * @param size in bytes
   * @param etag in quotes; it names a content of the key and is no digest
   * @param modified when it was written, by the store's clock; null when the store does not say
   */
  public record S3Object(String key, long size, String etag, Instant modified) {
    S3Object withKey(String other) {
      return new S3Object(other, size, etag, modified);
    }
  }

  public S3ListPage {
    objects = List.copyOf(objects);
  }

  /**
   * The parameters that ask for a page.
   *
   * @param token of the page, or null for the first
   */
  public static Map<String, String> query(String prefix, String token) {
    Map<String, String> query = new HashMap<>();
    query.put("list-type", "2");
    query.put("encoding-type", "url"); // keys may have what XML cannot have
    query.put("prefix", prefix);
    if (token != null) {
      query.put("continuation-token", token);
    }
    return query;
  }

  /** Throws for what is no listing, or not all of one. */
  public static S3ListPage parse(byte[] body) throws IOException {
    try {
      return new Reader(S3Xml.reader(body)).page();
    } catch (XMLStreamException | NumberFormatException e) {
      throw new IOException("the store's listing is damaged: " + e.getMessage(), e);
    }
  }

  private static final class Reader {
    private final XMLStreamReader in;
    private final List<S3Object> objects = new ArrayList<>();
    private boolean truncated;
    private boolean encoded;
    private String next;

    Reader(XMLStreamReader in) {
      this.in = in;
    }

    S3ListPage page() throws XMLStreamException, IOException {
      in.nextTag();
      if (!in.getLocalName().equals("ListBucketResult")) {
        throw new IOException("the store answered with no listing but " + in.getLocalName());
      }
      while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
        switch (in.getLocalName()) {
          case "IsTruncated" -> truncated = Boolean.parseBoolean(S3Xml.text(in).strip());
          case "EncodingType" -> encoded = S3Xml.text(in).strip().equals("url");
          case "NextContinuationToken" -> next = S3Xml.text(in);
          case "Contents" -> contents();
          default -> S3Xml.text(in);
        }
      }
      if (truncated && next == null) {
        throw new IOException("the store's listing does not say where it goes on");
      }
      List<S3Object> decoded =
          objects.stream().map(o -> encoded ? o.withKey(decoded(o.key())) : o).toList();
      return new S3ListPage(decoded, truncated ? next : null);
    }

    private void contents() throws XMLStreamException, IOException {
      String key = null;
      String etag = null;
      Instant modified = null;
      long size = -1;
      while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
        switch (in.getLocalName()) {
          case "Key" -> key = S3Xml.text(in);
          case "ETag" -> etag = S3Xml.text(in).strip();
          case "LastModified" -> modified = time(S3Xml.text(in).strip());
          case "Size" -> size = Long.parseLong(S3Xml.text(in).strip());
          default -> S3Xml.text(in);
        }
      }
      if (key == null || size < 0) {
        throw new IOException("the store's listing has an object without key or size");
      }
      objects.add(new S3Object(key, size, quoted(etag), modified));
    }

    private static Instant time(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        return null;
      }
    }

    private static String quoted(String etag) {
      return etag == null || etag.isEmpty() || etag.startsWith("\"") ? etag : '"' + etag + '"';
    }

    private static String decoded(String key) {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    }
  }
}
