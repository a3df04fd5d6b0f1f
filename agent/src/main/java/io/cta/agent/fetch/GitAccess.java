package io.cta.agent.fetch;

import io.cta.domain.GitAddress;
import io.cta.domain.Repository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * With what an address of git is asked. Never shows the token or the key.
 *
 * @param user login that goes with the token
 * @param token password for an address of http, or null
 * @param key private key for an address of ssh, or null for the machine's own
 * @param hostKeys lines of known_hosts; empty for those that the machine knows
 */
record GitAccess(GitAddress address, String user, String token, String key, List<String> hostKeys) {
  static GitAccess of(Repository input, GitAddress address, InputSecrets secrets)
      throws FetchFailed {
    String user = input.user() == null ? address.user() : input.user();
    return new GitAccess(
        address,
        user == null || user.isEmpty() ? Repository.TOKEN_USER : user,
        secrets.line("token", input.token()),
        secrets.of("sshKey", input.sshKey()),
        input.hostKeys());
  }

  /** The access to the address of a submodule: the secrets are for one scheme, host and port. */
  GitAccess to(GitAddress other) {
    boolean same = address.hasOriginOf(other);
    return new GitAccess(other, user, same ? token : null, same ? key : null, hostKeys);
  }

  /**
   * What the cache tells apart: who has no access to a repository must not get it from what
   * somebody else has fetched.
   */
  String cacheKey() {
    String who = token == null && key == null ? "" : user + "\0" + token + "\0" + key;
    return "git " + address.text() + "\0" + who;
  }

  /** The texts that nobody must see. */
  List<String> hidden() {
    List<String> out = new ArrayList<>();
    if (token != null) {
      out.add(token);
      byte[] basic = (user + ":" + token).getBytes(StandardCharsets.UTF_8);
      out.add(Base64.getEncoder().encodeToString(basic));
    }
    return out;
  }

  @Override
  public String toString() {
    return address.text();
  }
}
