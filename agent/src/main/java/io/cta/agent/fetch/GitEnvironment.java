package io.cta.agent.fetch;

import io.cta.domain.GitAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds the environment in which git runs: it asks nobody, takes only allowed transports, runs no
 * hook, and gets its settings and secrets by variables, so that they stand in no argument and no
 * file. The user's own configuration is read, never written. Needs git 2.31 (GIT_CONFIG_COUNT, see
 * git-config(1)).
 */
final class GitEnvironment {
  private static final int SSH_CONNECT_SECONDS = 8;
  private static final String USER = "CTA_GIT_USER";
  private static final String PASSWORD = "CTA_GIT_PASSWORD";

  /** Prints what gitcredentials(7) wants; the shell's own echo is no process of its own. */
  private static final String HELPER =
      "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \"$"
          + USER
          + "\" \"$"
          + PASSWORD
          + "\"; }; f";

  private final Map<String, String> env = new LinkedHashMap<>();
  private int settings;

  private GitEnvironment() {}

  /**
   * @param ssh the files for ssh
   * @param protocols transports that are allowed
   */
  static Map<String, String> of(GitAccess access, SshFiles ssh, Collection<String> protocols) {
    GitEnvironment e = new GitEnvironment();
    e.env.put("GIT_TERMINAL_PROMPT", "0");
    e.env.put("GIT_ASKPASS", "");
    e.env.put("SSH_ASKPASS", "");
    e.env.put("SSH_ASKPASS_REQUIRE", "never");
    e.env.put("GCM_INTERACTIVE", "never");
    e.env.put("GIT_ALLOW_PROTOCOL", String.join(":", protocols));
    e.env.put("GIT_CEILING_DIRECTORIES", ssh.dir().getParent().toString());
    e.env.put("GIT_LFS_SKIP_SMUDGE", "1");
    e.env.put("GIT_SSH_COMMAND", ssh(ssh));
    e.env.put("GIT_SSH_VARIANT", "ssh");
    e.env.put("GIT_TRACE_REDACT", "1");
    e.env.put("LC_ALL", "C"); // the texts of failures are read
    e.env.put("LANGUAGE", "");
    e.settings(ssh);
    e.credential(access);
    e.env.put("GIT_CONFIG_COUNT", String.valueOf(e.settings));
    return e.env;
  }

  private void settings(SshFiles ssh) {
    set("safe.directory", "*");
    set("core.hooksPath", ssh.nothing().toString());
    set("core.fsmonitor", "false");
    set("core.pager", "cat");
    set("advice.detachedHead", "false");
    // no process may go on in the background, nor objects arrive one by one: a kill would leave
    // some
    set("gc.auto", "0");
    set("maintenance.auto", "false");
    set("fetch.unpackLimit", "1");
    set("transfer.unpackLimit", "1");
    set("fetch.recurseSubmodules", "false");
    set("submodule.recurse", "false");
    set("http.followRedirects", "initial");
    set("http.lowSpeedLimit", "1");
    set("http.lowSpeedTime", "60");
    // files of LFS are fetched after the checkout, with the same secrets
    set("filter.lfs.smudge", "");
    set("filter.lfs.process", "");
    set("filter.lfs.clean", "");
    set("filter.lfs.required", "false");
  }

  /**
   * A helper for this scheme, host and port alone: git asks again for the host that a redirect
   * leads to. The machine's own helpers are left out, as they would store the token.
   */
  private void credential(GitAccess access) {
    if (access.token() == null) {
      return;
    }
    GitAddress address = access.address();
    set("credential.helper", "");
    set("credential." + address.origin() + ".helper", "");
    set("credential." + address.origin() + ".helper", HELPER);
    env.put(USER, access.user());
    env.put(PASSWORD, access.token());
  }

  private static String ssh(SshFiles files) {
    StringBuilder out = new StringBuilder("ssh");
    option(out, "BatchMode=yes");
    option(out, "StrictHostKeyChecking=yes");
    option(out, "UpdateHostKeys=no");
    option(out, "ConnectTimeout=" + SSH_CONNECT_SECONDS);
    option(out, "ServerAliveInterval=15");
    option(out, "ServerAliveCountMax=4");
    if (files.knownHosts() != null) {
      option(out, "UserKnownHostsFile=" + quoted(files.knownHosts()));
      option(out, "GlobalKnownHostsFile=/dev/null");
      option(out, "CheckHostIP=no");
      option(out, "VerifyHostKeyDNS=no");
    }
    if (files.key() != null) {
      option(out, "IdentitiesOnly=yes");
      option(out, "IdentityAgent=none");
      option(out, "IdentityFile=" + quoted(files.key()));
    }
    return out.toString();
  }

  /** Quotes for the shell that git gives the command to. */
  private static void option(StringBuilder out, String option) {
    out.append(" -o '").append(option.replace("'", "'\\''")).append('\'');
  }

  /** Quotes for ssh, which takes several paths. */
  private static String quoted(Path path) {
    return "\"" + path.toString().replace('\\', '/') + "\"";
  }

  private void set(String key, String value) {
    env.put("GIT_CONFIG_KEY_" + settings, key);
    env.put("GIT_CONFIG_VALUE_" + settings, value);
    settings++;
  }
}
