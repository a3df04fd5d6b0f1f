package io.cta.server.view.executions;

import io.cta.domain.ExecutionChain;

/** What an execution was started by, when that was another execution. */
public record ExecutionChainView(String root, String parent, Integer handler, int depth) {
  /** Returns null for null. */
  public static ExecutionChainView of(ExecutionChain c) {
    return c == null ? null : new ExecutionChainView(c.root(), c.parent(), c.handler(), c.depth());
  }
}
