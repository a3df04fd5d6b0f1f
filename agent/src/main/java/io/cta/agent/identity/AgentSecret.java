package io.cta.agent.identity;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The token that the agent shows to its server; it is on disk before it is used. When the server
 * does not know it, the earlier ones are tried: a server that was restored from a backup knows one
 * of them. Safe from any thread; an event loop that asks for the token does not wait for the disk.
 */
public final class AgentSecret {
  /**
   * @param back which token is shown: 0 for the present one, n for the n-th before it
   */
  private record ShownToken(AgentIdentity identity, int back) {}

  /** Answers to a token that the server has just replaced. */
  private static final Set<Integer> RENEWED = Set.of(401, 403, 410);

  private final DataDirectory data;
  private final AtomicReference<ShownToken> shown;

  public AgentSecret(DataDirectory data, AgentIdentity identity) {
    this.data = data;
    this.shown = new AtomicReference<>(new ShownToken(identity, 0));
  }

  /** Whether a request that was answered so may be fine with the token that is shown next. */
  public static boolean mayBeRenewed(int status) {
    return RENEWED.contains(status);
  }

  public String token() {
    ShownToken now = shown.get();
    return now.back() == 0 ? now.identity().token() : now.identity().earlier().get(now.back() - 1);
  }

  /**
   * Call when the server does not know the token: from now on an earlier one is shown, after the
   * earliest the present one again.
   */
  public void tryNext() {
    shown.updateAndGet(
        now ->
            new ShownToken(
                now.identity(), (now.back() + 1) % (now.identity().earlier().size() + 1)));
  }

  /** Writes the next token to disk, and shows it from now on. Blocks; one call at a time. */
  void keep(String next) throws IOException {
    AgentIdentity renewed = shown.get().identity().renewed(next);
    data.keep(renewed);
    shown.set(new ShownToken(renewed, 0));
  }
}
