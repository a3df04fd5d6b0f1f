package io.cta.server.api.artifacts;

import io.cta.domain.Artifact;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.artifacts.ArtifactStore;
import io.cta.server.artifacts.ArtifactTypes;
import io.cta.server.artifacts.ByteRange;
import io.cta.server.artifacts.StoredContent;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends the content of an artifact so that no browser takes it for a page of this server: its type
 * is one of our own list, most are only saved, and what is shown is alone in a sandbox.
 */
public final class ArtifactSender {
  private static final String POLICY =
      "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";

  /** Each has an open file. */
  private static final int MAX_AT_ONCE = 64;

  private static final int PARTIAL = 206;
  private static final int UNSATISFIABLE = 416;

  private final ArtifactStore store;
  private final AtomicInteger running = new AtomicInteger();

  public ArtifactSender(ArtifactStore store) {
    this.store = store;
  }

  /** Answers the request; a failure before the first byte is the request's. */
  void send(RoutingContext ctx, Artifact artifact, boolean headOnly) {
    if (running.incrementAndGet() > MAX_AT_ONCE) {
      running.decrementAndGet();
      ctx.fail(new ServiceFailure(ErrorCode.UNAVAILABLE, "too many artifacts are sent at once"));
      return;
    }
    boolean head = headOnly || ctx.request().method().equals(HttpMethod.HEAD);
    AskedRange asked = head ? AskedRange.ALL : asked(ctx.request(), artifact);
    (asked.satisfiable()
            ? store
                .open(artifact.sha256(), asked.part())
                .compose(
                    content ->
                        transfer(ctx, artifact, content, asked.part(), head)
                            .eventually(() -> content.close().get()))
            : nothing(ctx.response(), artifact))
        .onComplete(done -> running.decrementAndGet())
        .onFailure(e -> failed(ctx, e));
  }

  private static AskedRange asked(HttpServerRequest request, Artifact artifact) {
    return AskedRange.of(
        request.getHeader("Range"), request.getHeader("If-Range"), tag(artifact), artifact.size());
  }

  /** It is a client's mistake that is no failure: browsers ask like that behind the end. */
  private static Future<Void> nothing(HttpServerResponse response, Artifact artifact) {
    return response
        .setStatusCode(UNSATISFIABLE)
        .putHeader("Content-Range", "bytes */" + artifact.size())
        .putHeader("X-Content-Type-Options", "nosniff")
        .end();
  }

  private static Future<Void> transfer(
      RoutingContext ctx,
      Artifact artifact,
      StoredContent content,
      ByteRange part,
      boolean headOnly) {
    if (content.size() != artifact.size()) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.INTERNAL, "the content is not what was stored"));
    }
    HttpServerResponse response = headers(ctx.response(), artifact);
    if (part != null) {
      response
          .setStatusCode(PARTIAL)
          .putHeader("Content-Length", String.valueOf(part.length()))
          .putHeader(
              "Content-Range", "bytes " + part.from() + "-" + part.last() + "/" + artifact.size());
    }
    return headOnly ? response.end() : content.bytes().pipeTo(response);
  }

  static HttpServerResponse headers(HttpServerResponse response, Artifact artifact) {
    String type = ArtifactTypes.of(artifact.path());
    return response
        .putHeader("Content-Type", type)
        .putHeader("Content-Length", String.valueOf(artifact.size()))
        // a compressor would hide the length; images and archives are compressed anyway
        .putHeader("Content-Encoding", "identity")
        .putHeader("Content-Disposition", disposition(type, artifact.path()))
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "private, no-store")
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("ETag", tag(artifact));
  }

  private static String tag(Artifact artifact) {
    return "\"" + artifact.sha256() + "\"";
  }

  /** The name in both forms of RFC 6266: for old readers without what is not plain ASCII. */
  private static String disposition(String type, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
    return (ArtifactTypes.isShown(type) ? "inline" : "attachment")
        + "; filename=\""
        + plain
        + "\"; filename*=UTF-8''"
        + encoded(name);
  }

  private static String encoded(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
      out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }

  /** An answer that has begun can only be cut off, so that nobody takes it for whole. */
  private static void failed(RoutingContext ctx, Throwable e) {
    if (ctx.response().headWritten()) {
      ctx.request().connection().close();
    } else {
      ctx.fail(e);
    }
  }
}
