package io.cta.server.webhook;

import io.cta.domain.Channel;
import io.cta.server.secrets.SecretCipher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The keys of channels as they are stored. Safe from any thread. */
public final class ChannelKeys {
  private final SecretCipher storage;

  public ChannelKeys(SecretCipher storage) {
    this.storage = storage;
  }

  public String seal(SigningKey key) {
    return storage.seal(key.text());
  }

  /** A sealed key; throws {@link io.cta.error.ServiceFailure} when it cannot be opened. */
  public SigningKey open(String sealed) {
    return SigningKey.parse("key", storage.open(sealed));
  }

  /** Seals the address of a chat program, which is a password. */
  public String sealAddress(String url) {
    return storage.seal(url);
  }

  public String openAddress(String sealed) {
    return storage.open(sealed);
  }

  /** The keys that sign now: the newest, and the one before it while both count. */
  public List<SigningKey> signing(Channel channel, Instant now) {
    List<SigningKey> keys = new ArrayList<>();
    keys.add(open(channel.key()));
    if (channel.previousKey() != null
        && channel.previousKeyUntil() != null
        && now.isBefore(channel.previousKeyUntil())) {
      keys.add(open(channel.previousKey()));
    }
    return keys;
  }
}
