package io.cta.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a known_hosts file: hosts, type and public key of a server. Source: "SSH_KNOWN_HOSTS
 * FILE FORMAT" of sshd(8). Markers and patterns are left out: a line names the hosts it is for.
 */
public final class HostKeyLine {
  /** The rule for people. */
  public static final String RULE =
      "must be a line of known_hosts: host keytype base64, with [host]:port for a port of its own";

  private static final Pattern FORM =
      Pattern.compile(
          "((?:[A-Za-z0-9._:,\\[\\]-]+)|(?:\\|1\\|[A-Za-z0-9+/=]+\\|[A-Za-z0-9+/=]+))"
              + " +([a-z0-9@.-]+) +([A-Za-z0-9+/]+=*)( .*)?");
  private static final Pattern TYPES =
      Pattern.compile(
          "ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)"
              + "|sk-ssh-ed25519@openssh\\.com|sk-ecdsa-sha2-nistp256@openssh\\.com");
  private static final int MAX_LENGTH = 4096;

  private HostKeyLine() {}

  /** Whether the key is of a type that ssh takes, and says so itself, too. */
  public static boolean isValid(String line) {
    if (line.length() > MAX_LENGTH || line.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    Matcher m = FORM.matcher(line.strip());
    return m.matches()
        && !m.group(1).startsWith("-")
        && TYPES.matcher(m.group(2)).matches()
        && isOfType(m.group(3), m.group(2));
  }

  /** A key begins with the length and the text of its type (RFC 4253, 6.6). */
  private static boolean isOfType(String base64, String type) {
    try {
      ByteBuffer key = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      byte[] expected = type.getBytes(StandardCharsets.US_ASCII);
      if (key.remaining() <= Integer.BYTES + expected.length || key.getInt() != expected.length) {
        return false;
      }
      byte[] actual = new byte[expected.length];
      key.get(actual);
      return java.util.Arrays.equals(expected, actual);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
