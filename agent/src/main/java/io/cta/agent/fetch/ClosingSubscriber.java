package io.cta.agent.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a body by another subscriber, and closes what that writes to however the body ends. */
final class ClosingSubscriber implements HttpResponse.BodySubscriber<Void> {
  private static final Logger log = LoggerFactory.getLogger(ClosingSubscriber.class);

  private final HttpResponse.BodySubscriber<Void> subscriber;
  private final Closeable target;

  ClosingSubscriber(HttpResponse.BodySubscriber<Void> subscriber, Closeable target) {
    this.subscriber = subscriber;
    this.target = target;
    subscriber.getBody().whenComplete((done, failure) -> close());
  }

  @Override
  public CompletionStage<Void> getBody() {
    return subscriber.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscriber.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    subscriber.onNext(item);
  }

  @Override
  public void onError(Throwable failure) {
    subscriber.onError(failure);
    close();
  }

  @Override
  public void onComplete() {
    subscriber.onComplete();
  }

  private void close() {
    try {
      target.close();
    } catch (IOException e) {
      log.debug("a file was not closed", e);
    }
  }
}
