package io.cta.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands a {@link LocalMessage} over as it is, and refuses to send it to another node. */
final class LocalCodec implements MessageCodec<LocalMessage, LocalMessage> {
  @Override
  public void encodeToWire(Buffer out, LocalMessage message) {
    throw new UnsupportedOperationException("a local message cannot leave its node");
  }

  @Override
  public LocalMessage decodeFromWire(int pos, Buffer in) {
    throw new UnsupportedOperationException("a local message cannot come from another node");
  }

  @Override
  public LocalMessage transform(LocalMessage message) {
    return message;
  }

  @Override
  public String name() {
    return "io.cta.bus.LocalMessage/1";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
