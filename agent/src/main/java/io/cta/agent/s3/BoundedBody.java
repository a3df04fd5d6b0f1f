package io.cta.agent.s3;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The beginning of a body, in memory. One thread at a time. */
final class BoundedBody implements Consumer<Optional<byte[]>> {
  private final int max;
  private final AtomicLong moved;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private BoundedBody(int max, AtomicLong moved) {
    this.max = max;
    this.moved = moved;
  }

  /** Reads a body of which at most {@code max} bytes are kept. */
  static HttpResponse.BodySubscriber<byte[]> of(int max, AtomicLong moved) {
    BoundedBody body = new BoundedBody(max, moved);
    return HttpResponse.BodySubscribers.mapping(
        HttpResponse.BodySubscribers.ofByteArrayConsumer(body), done -> body.bytes.toByteArray());
  }

  @Override
  public void accept(Optional<byte[]> more) {
    if (more.isPresent()) {
      moved.addAndGet(more.get().length);
      bytes.write(more.get(), 0, Math.min(more.get().length, max - bytes.size()));
    }
  }
}
