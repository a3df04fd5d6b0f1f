package io.cta.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;

/** Somebody who hears announcements, until it has heard enough. */
public final class EventSubscription {
  private final MessageConsumer<?> here;
  private final MessageConsumer<?> passedOn;

  EventSubscription(MessageConsumer<?> here, MessageConsumer<?> passedOn) {
    this.here = here;
    this.passedOn = passedOn;
  }

  public Future<Void> unregister() {
    return Future.join(here.unregister(), passedOn.unregister()).mapEmpty();
  }
}
