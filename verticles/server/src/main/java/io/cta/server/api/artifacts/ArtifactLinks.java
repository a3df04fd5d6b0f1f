package io.cta.server.api.artifacts;

import io.cta.server.http.PublicAddress;
import io.cta.server.security.LinkSigner;
import java.time.Clock;
import java.time.Duration;

/**
 * Makes and checks links to artifacts that are good for a while and need no login. The time of
 * their end is part of what is signed. Any thread.
 */
public final class ArtifactLinks {
  static final String PATH = "/artifacts/";

  private final LinkSigner signer;
  private final PublicAddress address;
  private final Duration lifetime;
  private final Clock clock;

  public ArtifactLinks(LinkSigner signer, PublicAddress address, Duration lifetime, Clock clock) {
    this.signer = signer;
    this.address = address;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** A link to the artifact of that id. */
  String link(String id) {
    long expires = clock.instant().plus(lifetime).getEpochSecond();
    return address.link(PATH + id + "?expires=" + expires + "&key=" + code(id, expires));
  }

  /**
   * Whether a link is one of this server's and still good.
   *
   * @param expires as in the link, seconds of Unix time
   */
  boolean isGood(String id, String expires, String key) {
    if (expires == null || !expires.matches("\\d{1,12}")) {
      return false;
    }
    long seconds = Long.parseLong(expires);
    return signer.fits(signed(id, seconds), key) && clock.instant().getEpochSecond() < seconds;
  }

  private String code(String id, long expires) {
    return signer.code(signed(id, expires));
  }

  private static String signed(String id, long expires) {
    return "artifact " + id + " " + expires;
  }
}
