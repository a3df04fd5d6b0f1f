package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.server.secrets.SecretCipher;
import java.util.Optional;

/** The credentials of forges as they are stored. Safe from any thread. */
public final class ForgeTokens {
  private final SecretCipher storage;

  public ForgeTokens(SecretCipher storage) {
    this.storage = storage;
  }

  public String seal(String token) {
    return storage.seal(token);
  }

  /** Throws a ServiceFailure when it cannot be opened. */
  public String open(String sealed) {
    return storage.open(sealed);
  }

  /**
   * The token with which a report was begun, or else the present one: GitLab lets only the same
   * user end a status. Empty when the forge has none.
   */
  public Optional<String> of(Forge forge, int revision) {
    boolean before = revision < forge.tokenRevision() && forge.previousToken() != null;
    return Optional.ofNullable(before ? forge.previousToken() : forge.token()).map(this::open);
  }

  /** The token that counts now. */
  public Optional<String> newest(Forge forge) {
    return Optional.ofNullable(forge.token()).map(this::open);
  }
}
