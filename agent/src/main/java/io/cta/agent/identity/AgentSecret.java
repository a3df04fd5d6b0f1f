package io.cta.agent.identity;

import java.io.IOException;

/**
 * The token that the agent shows: on disk before it is used. Where the server does not know it,
 * those before it are tried: a server that was restored from a backup knows one of them. Safe from
 * any thread.
 */
public final class AgentSecret {
  private final DataDirectory data;
  private Identity identity;
  private int back;

  public AgentSecret(DataDirectory data, Identity identity) {
    this.data = data;
    this.identity = identity;
  }

  public synchronized String token() {
    return back == 0 ? identity.token() : identity.earlier().get(back - 1);
  }

  /** The server does not know the token: the next time it is another one. */
  public synchronized void unknown() {
    back = (back + 1) % (identity.earlier().size() + 1);
  }

  /** Keeps the next token, and shows it from now on. Blocks. */
  synchronized void keep(String next) throws IOException {
    Identity renewed = identity.renewed(next);
    data.keep(renewed);
    identity = renewed;
    back = 0;
  }
}
