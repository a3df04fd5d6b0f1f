package io.cta.bus;

import io.vertx.core.Vertx;

/** Registers the codecs with which the event bus carries CTA's records. */
public final class BusCodecs {
  private BusCodecs() {}

  /** Registers every codec. Call once per Vertx; a second call is an IllegalStateException. */
  public static void register(Vertx vertx) {
    add(vertx, "io.cta.bus.ReceivedEvent/1", ReceivedEvent.class);
    add(vertx, "io.cta.bus.ExecutionRef/1", ExecutionRef.class);
    add(vertx, "io.cta.bus.MachineCommand/1", MachineCommand.class);
    add(vertx, "io.cta.bus.TaskChanged/1", TaskChanged.class);
    add(vertx, "io.cta.bus.ExecutionChanged/1", ExecutionChanged.class);
    add(vertx, "io.cta.bus.MachineChanged/1", MachineChanged.class);
    add(vertx, "io.cta.bus.StatusesStored/1", StatusesStored.class);
    add(vertx, "io.cta.bus.LogStored/1", LogStored.class);
    add(vertx, "io.cta.bus.MachineHeard/1", MachineHeard.class);
    add(vertx, "io.cta.bus.DispatchCall/1", DispatchRequest.class);
    add(vertx, "io.cta.bus.DoorKnock/1", SessionQuery.class);
    add(vertx, "io.cta.bus.IdentityRefused/1", IdentityRefused.class);
    vertx.eventBus().registerDefaultCodec(LocalMessage.class, new LocalCodec());
    vertx.eventBus().registerDefaultCodec(FailureReply.class, new FailureReplyCodec());
  }

  /**
   * @param name the codec's name on the wire; it stays when the class is renamed, because nodes of
   *     other versions know it
   */
  private static <T> void add(Vertx vertx, String name, Class<T> type) {
    vertx.eventBus().registerDefaultCodec(type, new JsonCodec<>(name, type));
  }
}
