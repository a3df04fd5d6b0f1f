package io.cta.domain;

/**
 * What an execution was started by, when that was another execution.
 *
 * @param root the first execution of the chain
 * @param parent the execution that caused this one
 * @param handler the place of the parent's handler that did, from 0; null when a test of it did
 * @param depth executions before it in the chain, from 1 to {@link #MAX_DEPTH}
 */
public record ExecutionChain(String root, String parent, Integer handler, int depth) {
  /** More executions in a row must be a loop. */
  public static final int MAX_DEPTH = 8;

  /** How deep an execution is; 0 for one without a chain. */
  public static int depth(ExecutionChain chain) {
    return chain == null ? 0 : chain.depth();
  }

  /** The first execution of the chain that an execution is in. */
  public static String root(Execution execution) {
    return execution.chain() == null ? execution.id() : execution.chain().root();
  }
}
