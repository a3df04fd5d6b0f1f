package io.cta.agent.identity;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The token that the agent shows: on disk before it is used. Where the server does not know it,
 * those before it are tried: a server that was restored from a backup knows one of them. Safe from
 * any thread; event loops that ask for the token do not wait for the disk.
 */
public final class AgentSecret {
  /**
   * @param back how many tokens before the present one is shown
   */
  private record ShownToken(AgentIdentity identity, int back) {}

  private final DataDirectory data;
  private final AtomicReference<ShownToken> shown;

  public AgentSecret(DataDirectory data, AgentIdentity identity) {
    this.data = data;
    this.shown = new AtomicReference<>(new ShownToken(identity, 0));
  }

  public String token() {
    ShownToken now = shown.get();
    return now.back() == 0 ? now.identity().token() : now.identity().earlier().get(now.back() - 1);
  }

  /** The server does not know the token: the next time it is another one. */
  public void unknown() {
    shown.updateAndGet(
        now ->
            new ShownToken(
                now.identity(), (now.back() + 1) % (now.identity().earlier().size() + 1)));
  }

  /** Keeps the next token, and shows it from now on. Blocks; one at a time. */
  void keep(String next) throws IOException {
    AgentIdentity renewed = shown.get().identity().renewed(next);
    data.keep(renewed);
    shown.set(new ShownToken(renewed, 0));
  }
}
