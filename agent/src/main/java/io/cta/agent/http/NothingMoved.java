package io.cta.agent.http;

import java.io.IOException;

/** A server has neither sent nor taken anything for too long. */
public final class NothingMoved extends IOException {
  NothingMoved(String message) {
    super(message);
  }
}
