package io.cta.bus;

import io.cta.message.Envelope;
import io.vertx.core.Vertx;

/** Makes the event bus of a Vertx carry CTA's records. */
public final class Codecs {
  private Codecs() {}

  /** Registers every codec; once per Vertx, a second call is an IllegalStateException. */
  public static void register(Vertx vertx) {
    add(vertx, Envelope.class);
    add(vertx, ExecutionRef.class);
    add(vertx, MachineCommand.class);
    add(vertx, TaskChanged.class);
    add(vertx, ExecutionChanged.class);
    add(vertx, MachineChanged.class);
    add(vertx, StatusesStored.class);
    add(vertx, LogStored.class);
    add(vertx, MachineHeard.class);
    add(vertx, DispatchCall.class);
    add(vertx, DoorKnock.class);
    add(vertx, IdentityRefused.class);
  }

  private static <T> void add(Vertx vertx, Class<T> type) {
    vertx.eventBus().registerDefaultCodec(type, new JsonCodec<>(type));
  }
}
