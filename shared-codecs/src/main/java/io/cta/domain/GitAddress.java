package io.cta.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a git repository, as git itself reads it: an URL, {@code [user@]host:path} for
 * ssh, or an absolute path. Source: gitprotocol and "GIT URLS" of git-fetch(1). Pure.
 *
 * @param text the address without a password
 * @param scheme {@code https}, {@code http}, {@code ssh}, {@code git} or {@code file}
 * @param host in lower case, an IPv6 address in brackets; empty for file
 * @param port −1 for the scheme's own
 * @param user login in the address, or null
 * @param password in the address, or null
 */
public record GitAddress(
    String text, String scheme, String host, int port, String user, String password) {
  /** The rule for people. */
  public static final String RULE =
      "must be an address such as https://host/path.git, ssh://user@host/path, user@host:path or"
          + " an absolute path";

  private static final String HOST = "([A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])";
  private static final Pattern URL =
      Pattern.compile(
          "(https|http|ssh|git)://(?:([^/@:]*)(?::([^/@]*))?@)?" + HOST + "(?::(\\d{1,5}))?(/.*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE = Pattern.compile("(?i:file)://(/.+)");
  private static final Pattern SCP =
      Pattern.compile("(?:([A-Za-z0-9_][^/@:]*)@)?" + HOST + ":(?!:|//)([^-].*)");
  private static final Pattern PATH = Pattern.compile("/.*|[A-Za-z]:[/\\\\].*|\\\\\\\\.*");

  /** Never shows the password. */
  @Override
  public String toString() {
    return text;
  }

  /** The address, or empty when git must not be given the text. */
  public static Optional<GitAddress> parse(String url) {
    if (url.chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    if (PATH.matcher(url).matches() || FILE.matcher(url).matches()) {
      return Optional.of(new GitAddress(url, "file", "", -1, null, null));
    }
    Matcher m = URL.matcher(url);
    if (m.matches()) {
      return ofUrl(m);
    }
    Matcher scp = SCP.matcher(url);
    return scp.matches()
        ? Optional.of(new GitAddress(url, "ssh", lower(scp.group(2)), -1, scp.group(1), null))
        : Optional.empty();
  }

  private static Optional<GitAddress> ofUrl(Matcher m) {
    String scheme = lower(m.group(1));
    String user = m.group(2);
    String password = m.group(3);
    boolean dashes = user != null && user.startsWith("-");
    int port = m.group(5) == null ? -1 : Integer.parseInt(m.group(5));
    if (dashes || port > 65_535 || port == 0) {
      return Optional.empty();
    }
    String login = user == null ? "" : user + "@";
    String clean =
        scheme
            + "://"
            + login
            + m.group(4)
            + (port < 0 ? "" : ":" + port)
            + (m.group(6) == null ? "" : m.group(6));
    return Optional.of(new GitAddress(clean, scheme, lower(m.group(4)), port, user, password));
  }

  /** Whether logins and tokens of http are meant for it. */
  public boolean isWeb() {
    return scheme.equals("https") || scheme.equals("http");
  }

  /** Scheme, host and port: what a credential is for. Empty for file. */
  public String origin() {
    return host.isEmpty() ? "" : scheme + "://" + host + (port < 0 ? "" : ":" + port);
  }

  /** Whether credentials of one may be used for the other: scheme, host and port are the same. */
  public boolean hasOriginOf(GitAddress other) {
    return scheme.equals(other.scheme) && host.equals(other.host) && realPort() == other.realPort();
  }

  private int realPort() {
    if (port >= 0) {
      return port;
    }
    return switch (scheme) {
      case "https" -> 443;
      case "http" -> 80;
      case "ssh" -> 22;
      case "git" -> 9418;
      default -> -1;
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
