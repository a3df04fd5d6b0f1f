package io.cta.agent.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bucket of {@link S3FakeServer}: objects with versions, and uploads in parts. */
public final class S3FakeBucket {
  private static final Pattern PART =
      Pattern.compile("<PartNumber>(\\d+)</PartNumber><ETag>(.*?)</ETag>");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  /** A version of an object. */
  public record Version(String id, byte[] content, String etag, String sha256) {}

  /** An upload that has begun. */
  public record Upload(String key, String sha256, SortedMap<Integer, byte[]> parts) {}

  public final Map<String, List<Version>> objects = new ConcurrentSkipListMap<>();
  public final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile int pageSize = 1000;
  private volatile int smallestPart = 5 << 20;

  /** The newest content of an object; null when there is none. */
  public byte[] get(String key) {
    List<Version> versions = objects.get(key);
    return versions == null ? null : versions.get(versions.size() - 1).content();
  }

  public Version put(String key, byte[] content) {
    return put(key, content, null);
  }

  public Version put(String key, byte[] content, String sha256) {
    // no digest, as that of an upload in parts is none
    String id = "v" + numbers.incrementAndGet();
    Version version = new Version(id, content, "\"e-" + id + "\"", sha256);
    objects.computeIfAbsent(key, k -> new ArrayList<>()).add(version);
    return version;
  }

  public void pageSize(int keys) {
    pageSize = keys;
  }

  public void smallestPart(int bytes) {
    smallestPart = bytes;
  }

  void answer(HttpExchange exchange, S3FakeServer.Asked asked, byte[] body) throws IOException {
    Map<String, String> query = asked.query();
    if (query.containsKey("list-type")) {
      list(exchange, query);
    } else if (query.containsKey("uploads")) {
      begin(exchange, asked.key());
    } else if (query.containsKey("uploadId")) {
      upload(exchange, asked, body);
    } else if (asked.method().equals("PUT")) {
      Version version = put(asked.key(), body, S3FakeServer.header(exchange, SHA256));
      exchange.getResponseHeaders().set("ETag", version.etag());
      S3FakeServer.send(exchange, 200, new byte[0]);
    } else {
      read(exchange, asked);
    }
  }

  private static final String SHA256 = "x-amz-meta-cta-sha256";

  private void read(HttpExchange exchange, S3FakeServer.Asked asked) throws IOException {
    String wanted = asked.query().get("versionId");
    List<Version> versions = objects.getOrDefault(asked.key(), List.of());
    Version version =
        wanted == null
            ? versions.isEmpty() ? null : versions.get(versions.size() - 1)
            : versions.stream().filter(v -> v.id().equals(wanted)).findFirst().orElse(null);
    if (version == null) {
      S3FakeServer.error(exchange, 404, "NoSuchKey", "");
      return;
    }
    String match = S3FakeServer.header(exchange, "If-Match");
    if (!match.isEmpty() && !match.equals(version.etag())) {
      S3FakeServer.error(exchange, 412, "PreconditionFailed", "");
      return;
    }
    exchange.getResponseHeaders().set("ETag", version.etag());
    exchange.getResponseHeaders().set("x-amz-version-id", version.id());
    if (version.sha256() != null) {
      exchange.getResponseHeaders().set(SHA256, version.sha256());
    }
    if (S3FakeServer.header(exchange, "If-None-Match").equals(version.etag())) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    byte[] content = version.content();
    if (asked.method().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Matcher range = RANGE.matcher(S3FakeServer.header(exchange, "Range"));
    if (!range.matches()) {
      S3FakeServer.send(exchange, 200, content);
      return;
    }
    int from = Integer.parseInt(range.group(1));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    S3FakeServer.send(exchange, 206, Arrays.copyOfRange(content, from, content.length));
  }

  private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", "");
    StringBuilder xml = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
    int count = 0;
    String last = null;
    for (String key : objects.keySet()) {
      if (!key.startsWith(prefix) || key.compareTo(after) <= 0) {
        continue;
      }
      if (count++ == pageSize) {
        xml.append("<IsTruncated>true</IsTruncated><NextContinuationToken>")
            .append(last)
            .append("</NextContinuationToken>");
        break;
      }
      last = key;
      Version version = objects.get(key).get(objects.get(key).size() - 1);
      xml.append("<Contents><Key>")
          .append(URLEncoder.encode(key, StandardCharsets.UTF_8))
          .append("</Key><ETag>")
          .append(version.etag().replace("\"", "&quot;"))
          .append("</ETag><Size>")
          .append(version.content().length)
          .append("</Size></Contents>");
    }
    send(exchange, xml.append("</ListBucketResult>").toString());
  }

  private void begin(HttpExchange exchange, String key) throws IOException {
    String id = "u/" + numbers.incrementAndGet() + "+=";
    uploads.put(id, new Upload(key, S3FakeServer.header(exchange, SHA256), new TreeMap<>()));
    send(
        exchange,
        "<InitiateMultipartUploadResult><UploadId>"
            + id
            + "</UploadId></InitiateMultipartUploadResult>");
  }

  private void upload(HttpExchange exchange, S3FakeServer.Asked asked, byte[] body)
      throws IOException {
    String id = asked.query().get("uploadId");
    Upload upload = uploads.get(id);
    if (upload == null || !upload.key().equals(asked.key())) {
      S3FakeServer.error(exchange, 404, "NoSuchUpload", "");
      return;
    }
    switch (asked.method()) {
      case "PUT" -> {
        int number = Integer.parseInt(asked.query().get("partNumber"));
        upload.parts().put(number, body);
        exchange.getResponseHeaders().set("ETag", etag(id, number));
        S3FakeServer.send(exchange, 200, new byte[0]);
      }
      case "DELETE" -> {
        uploads.remove(id);
        exchange.sendResponseHeaders(204, -1);
      }
      case "GET" -> S3FakeServer.error(exchange, 501, "NotImplemented", "");
      default -> complete(exchange, id, upload, new String(body, StandardCharsets.UTF_8));
    }
  }

  private void complete(HttpExchange exchange, String id, Upload upload, String xml)
      throws IOException {
    List<byte[]> parts = new ArrayList<>();
    int before = 0;
    for (Matcher m = PART.matcher(xml); m.find(); ) {
      int number = Integer.parseInt(m.group(1));
      byte[] part = upload.parts().get(number);
      if (part == null || number <= before || !m.group(2).equals(etag(id, number))) {
        S3FakeServer.error(
            exchange, 400, number <= before ? "InvalidPartOrder" : "InvalidPart", "");
        return;
      }
      before = number;
      parts.add(part);
    }
    if (parts.isEmpty()) {
      S3FakeServer.error(exchange, 400, "MalformedXML", "");
      return;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      int size = parts.get(0).length;
      if (!last && parts.get(i).length < smallestPart) {
        S3FakeServer.error(exchange, 400, "EntityTooSmall", "");
        return;
      }
      if (last ? parts.get(i).length > size : parts.get(i).length != size) {
        S3FakeServer.error(exchange, 400, "InvalidPart", "");
        return;
      }
      all.write(parts.get(i));
    }
    uploads.remove(id);
    Version version = put(upload.key(), all.toByteArray(), upload.sha256());
    send(
        exchange,
        "<CompleteMultipartUploadResult><ETag>"
            + version.etag()
            + "</ETag></CompleteMultipartUploadResult>");
  }

  private static String etag(String upload, int number) {
    return "\"" + Integer.toHexString((upload + number).hashCode()) + "\"";
  }

  private static void send(HttpExchange exchange, String xml) throws IOException {
    S3FakeServer.send(
        exchange,
        200,
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml).getBytes(StandardCharsets.UTF_8));
  }
}
