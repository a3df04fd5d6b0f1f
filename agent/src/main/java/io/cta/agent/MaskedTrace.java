package io.cta.agent;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.cta.agent.output.ActiveMaskers;

/** {@code %trace} in the pattern of the log: the exception without secrets of running attempts. */
public final class MaskedTrace extends ThrowableProxyConverter {
  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return ActiveMaskers.mask(super.throwableProxyToString(thrown));
  }
}
