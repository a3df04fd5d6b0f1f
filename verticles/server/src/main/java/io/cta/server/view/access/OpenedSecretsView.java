package io.cta.server.view.access;

import io.cta.server.view.OutwardView;
import java.util.Map;

/**
 * The secrets of an attempt, for the agent that runs it and nobody else.
 *
 * @param secrets value by name
 */
public record OpenedSecretsView(Map<String, String> secrets) implements OutwardView {
  /** Says nothing of the values: it may end up in a log. */
  @Override
  public String toString() {
    return "secrets " + secrets.keySet();
  }
}
