package io.cta.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;

/** A subscription to the announcements of an address, those made here and those passed on. */
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
