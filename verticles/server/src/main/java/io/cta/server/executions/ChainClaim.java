package io.cta.server.executions;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionChain;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client says of the execution on whose behalf it asks for another: the text of {@code
 * CTA_CHAIN} and of the header {@code X-CTA-Chain}. Whoever asks can make the chain longer by it,
 * never shorter. Pure.
 *
 * @param executionId of the execution that asks
 * @param depth executions before that one, 0 to {@link ExecutionChain#MAX_DEPTH}
 */
public record ChainClaim(String executionId, int depth) {
  public static final String HEADER = "X-CTA-Chain";

  private static final Pattern FORM = Pattern.compile("([0-9A-Za-z]{1,40});depth=([0-9]{1,3})");

  /** Throws INVALID, naming the header. */
  public static ChainClaim parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw ServiceFailure.invalid(HEADER, "must be what a test has as CTA_CHAIN");
    }
    return new ChainClaim(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  /** As it is written. */
  public String text() {
    return executionId + ";depth=" + depth;
  }

  /**
   * The chain of the execution that is asked for; throws CONFLICT when it would be too long.
   *
   * @param parent the execution that asks, as it is stored, if there is one
   */
  public ExecutionChain of(Optional<Execution> parent) {
    int known = parent.map(found -> ExecutionChain.depth(found.chain())).orElse(0);
    return next(
        parent.map(ExecutionChain::root).orElse(executionId),
        executionId,
        null,
        Math.max(known, depth) + 1);
  }

  private static ExecutionChain next(String root, String parent, Integer handler, int depth) {
    if (depth > ExecutionChain.MAX_DEPTH) {
      throw new ServiceFailure(
          ErrorCode.CONFLICT,
          "executions start each other in a loop: this would have "
              + depth
              + " before it, and at most "
              + ExecutionChain.MAX_DEPTH
              + " are allowed");
    }
    return new ExecutionChain(root, parent, handler, depth);
  }
}
