package io.cta.agent;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.cta.agent.output.ActiveMaskers;

/** {@code %masked} in the pattern of the log: the message without secrets of running attempts. */
public final class MaskedMessage extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return ActiveMaskers.mask(super.convert(event));
  }
}
