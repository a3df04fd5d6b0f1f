package io.cta.domain;

import io.cta.error.ServiceFailure;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Refuses inputs that could never be fetched, or whose texts a program that fetches them would take
 * for something else: git takes a ref that begins with a dash for an option. The server asks when a
 * suite is applied and when it runs, the agent before it fetches. Pure.
 */
public final class RepositoryRules {
  private static final Pattern COORDINATES =
      Pattern.compile("[^:\\s]+:[^:\\s]+:[^:\\s]+(:[^:\\s]+|:[^:\\s]*:[^:\\s]+)?");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  /** What git-check-ref-format(1) forbids in every ref. */
  private static final Pattern NO_REF = Pattern.compile(".*([\\s~^:?*\\[\\\\]|\\.\\.|@\\{|//).*");

  private static final Pattern USER = Pattern.compile("[^:\\s\"'\\\\$`]{1,256}");
  private static final int MAX_REF = 256;
  private static final int MAX_ADDRESS = 4096;
  private static final int MAX_DEPTH = 1_000_000;
  private static final int MAX_HOST_KEYS = 100;

  private RepositoryRules() {}

  /**
   * Throws INVALID, naming the field, for a field that is missing or breaks a rule.
   *
   * @param at what goes before a field's name, for example {@code inputs[0].}
   * @param isOpen whether a text still has a parameter, and so cannot be checked yet
   */
  public static void check(String at, Repository r, Predicate<String> isOpen) {
    switch (r.type()) {
      case "maven" -> required(at + "artifact", r.artifact());
      case "local" -> required(at + "path", r.path());
      case "git", "http", "s3" -> required(at + "url", r.url());
      default -> {} // the contract allows no other
    }
    checkTexts(at, r, isOpen);
  }

  /** As {@link #check}, for an output. */
  public static void checkOutput(String at, Repository r, Predicate<String> isOpen) {
    OutputRules.check(at, r, isOpen);
    checkTexts(at, r, isOpen);
  }

  /** As {@link #check}, for the fields that are there. */
  public static void checkTexts(String at, Repository r, Predicate<String> isOpen) {
    matches(
        at + "artifact",
        r.artifact(),
        COORDINATES,
        isOpen,
        "must be group:artifact:version[:classifier[:packaging]]");
    matches(at + "sha256", r.sha256(), SHA256, isOpen, "must be 64 hexadecimal digits");
    plain(at + "artifact", r.artifact(), MAX_ADDRESS);
    plain(at + "url", r.url(), MAX_ADDRESS);
    plain(at + "path", r.path(), MAX_ADDRESS);
    plain(at + "to", r.to(), MAX_ADDRESS);
    plain(at + "ref", r.ref(), MAX_REF);
    plain(at + "folder", r.folder(), MAX_ADDRESS);
    plain(at + "token", r.token(), MAX_REF);
    plain(at + "user", r.user(), MAX_REF);
    plain(at + "sshKey", r.sshKey(), MAX_REF);
    plain(at + "endpoint", r.endpoint(), MAX_ADDRESS);
    plain(at + "region", r.region(), MAX_REF);
    plain(at + "accessKey", r.accessKey(), MAX_REF);
    plain(at + "secretKey", r.secretKey(), MAX_REF);
    plain(at + "version", r.version(), MAX_ADDRESS);
    fields(at, r);
    if (r.type().equals("s3")) {
      S3Rules.check(at, r, isOpen);
    }
    boolean git = r.type().equals("git");
    if (git) {
      gitTexts(at, r, isOpen);
    }
    if (r.url() != null && !isOpen.test(r.url()) && (git || r.type().equals("http"))) {
      address(at, r);
    }
  }

  private static void gitTexts(String at, Repository r, Predicate<String> isOpen) {
    if (r.ref() != null && !isOpen.test(r.ref()) && NO_REF.matcher(r.ref()).matches()) {
      throw ServiceFailure.invalid(at + "ref", "must be a branch, tag or commit");
    }
    folder(at + "folder", r.folder());
    if (r.depth() != null && (r.depth() < 0 || r.depth() > MAX_DEPTH)) {
      throw ServiceFailure.invalid(at + "depth", "must be between 0 and " + MAX_DEPTH);
    }
    matches(
        at + "user",
        r.user(),
        USER,
        isOpen,
        "must not have colons, blanks, quotes, $ or backslashes");
    if (r.user() != null && r.token() == null) {
      throw ServiceFailure.invalid(at + "user", "goes with token");
    }
    if (r.hostKeys().size() > MAX_HOST_KEYS) {
      throw ServiceFailure.invalid(
          at + "hostKeys", "must have at most " + MAX_HOST_KEYS + " lines");
    }
    for (int i = 0; i < r.hostKeys().size(); i++) {
      if (!HostKeyLine.isValid(r.hostKeys().get(i))) {
        throw ServiceFailure.invalid(at + "hostKeys[" + i + "]", HostKeyLine.RULE);
      }
    }
  }

  private static void folder(String field, String folder) {
    if (folder == null) {
      return;
    }
    boolean absolute = folder.startsWith("/") || folder.matches("[A-Za-z]:.*");
    List<String> parts = List.of(folder.split("[/\\\\]", -1));
    if (absolute || folder.indexOf('\\') >= 0 || parts.contains("..")) {
      throw ServiceFailure.invalid(
          field, "must be a path below the repository, without .. and backslashes");
    }
    if (parts.stream().anyMatch(part -> part.equalsIgnoreCase(".git"))) {
      throw ServiceFailure.invalid(field, "must not be in .git");
    }
  }

  private static void address(String at, Repository r) {
    GitAddress address =
        GitAddress.parse(r.url())
            .orElseThrow(
                () ->
                    ServiceFailure.invalid(
                        at + "url",
                        r.type().equals("git")
                            ? GitAddress.RULE
                            : "must be an address of http or https"));
    if (address.password() != null) {
      throw ServiceFailure.invalid(
          at + "url", "must not have a password: name a secret in token, and its user in user");
    }
    if (r.type().equals("http") && !address.isWeb()) {
      throw ServiceFailure.invalid(at + "url", "must be an address of http or https");
    }
    if (r.token() != null && !address.isWeb()) {
      throw ServiceFailure.invalid(at + "token", "is for addresses of http and https");
    }
    if (!address.scheme().equals("ssh") && r.sshKey() != null) {
      throw ServiceFailure.invalid(at + "sshKey", "is for addresses of ssh");
    }
  }

  /** Refuses fields that the type does not have: what is ignored looks as if it counted. */
  private static void fields(String at, Repository r) {
    Set<String> git = Set.of("git");
    of(at + "artifact", r, r.artifact() != null, Set.of("maven"));
    of(at + "url", r, r.url() != null, Set.of("git", "http", "https", "s3"));
    of(at + "path", r, r.path() != null, Set.of("local"));
    of(at + "ref", r, r.ref() != null, git);
    of(at + "sha256", r, r.sha256() != null, Set.of("http", "https", "maven", "local", "s3"));
    of(at + "folder", r, r.folder() != null, git);
    of(at + "depth", r, r.depth() != null, git);
    of(at + "submodules", r, r.submodules() != null, git);
    of(at + "lfs", r, r.lfs() != null, git);
    of(at + "token", r, r.token() != null, Set.of("git", "http", "https"));
    of(at + "user", r, r.user() != null, git);
    of(at + "sshKey", r, r.sshKey() != null, git);
    of(at + "hostKeys", r, !r.hostKeys().isEmpty(), git);
    Set<String> s3 = Set.of("s3");
    of(at + "endpoint", r, r.endpoint() != null, s3);
    of(at + "region", r, r.region() != null, s3);
    of(at + "pathStyle", r, r.pathStyle() != null, s3);
    of(at + "accessKey", r, r.accessKey() != null, s3);
    of(at + "secretKey", r, r.secretKey() != null, s3);
    of(at + "version", r, r.version() != null, s3);
  }

  private static void of(String field, Repository r, boolean given, Set<String> types) {
    if (given && !types.contains(r.type())) {
      throw ServiceFailure.invalid(field, "does not belong to type " + r.type());
    }
  }

  private static void required(String field, String value) {
    if (value == null || value.isBlank()) {
      throw ServiceFailure.invalid(field, "is required");
    }
  }

  private static void matches(
      String field, String value, Pattern pattern, Predicate<String> isOpen, String rule) {
    if (value != null && !isOpen.test(value) && !pattern.matcher(value).matches()) {
      throw ServiceFailure.invalid(field, rule);
    }
  }

  private static void plain(String field, String value, int max) {
    if (value == null) {
      return;
    }
    if (value.startsWith("-")) {
      throw ServiceFailure.invalid(field, "must not begin with -");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw ServiceFailure.invalid(field, "must not have control characters");
    }
    if (value.isBlank() || value.length() > max) {
      throw ServiceFailure.invalid(field, "must have 1 to " + max + " characters");
    }
  }
}
