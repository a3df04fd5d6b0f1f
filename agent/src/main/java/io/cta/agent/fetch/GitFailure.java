package io.cta.agent.fetch;

import java.util.List;
import java.util.Map;

/** A command of git that failed, and what that means by the words that git and ssh use for it. */
public final class GitFailure extends Exception {
  /** Whose failure it is. */
  public enum Kind {
    /** The server gives no commit by its name, or has no such ref. */
    REFUSED,
    /** The server is not the one that is known, or its key is not known. */
    HOST_KEY,
    /** The server does not let this login in. */
    DENIED,
    /** There is no such repository. */
    ABSENT,
    /** This machine does not allow the transport. */
    FORBIDDEN,
    /** Server or network; soon it may be over. */
    REMOTE,
    /** None of these: what the cache has is perhaps broken. */
    LOCAL
  }

  /** The first that fits counts. */
  private static final List<Map.Entry<Kind, List<String>>> WORDS =
      List.of(
          Map.entry(
              Kind.LOCAL,
              List.of(
                  "index file",
                  "object file",
                  "loose object",
                  "packfile",
                  "bad object",
                  "bad config",
                  "unable to read tree",
                  "inflate:",
                  ".lock': File exists")),
          Map.entry(
              Kind.HOST_KEY,
              List.of("Host key verification failed", "REMOTE HOST IDENTIFICATION HAS CHANGED")),
          Map.entry(Kind.FORBIDDEN, List.of("' not allowed", "not allowed to use")),
          Map.entry(
              Kind.REFUSED,
              List.of(
                  "not our ref",
                  "unadvertised object",
                  "does not allow request",
                  "couldn't find remote ref",
                  "could not find remote ref",
                  "does not support shallow",
                  "no such remote ref")),
          Map.entry(
              Kind.DENIED,
              List.of(
                  "Authentication failed",
                  "could not read Username",
                  "could not read Password",
                  "terminal prompts disabled",
                  "Permission denied (",
                  "returned error: 401",
                  "returned error: 403",
                  "Authentication required",
                  "Authorization error",
                  "Access denied")),
          Map.entry(
              Kind.ABSENT,
              List.of(
                  "' not found",
                  "Repository not found",
                  "returned error: 404",
                  "returned error: 410",
                  "does not appear to be a git repository")),
          Map.entry(
              Kind.REMOTE,
              List.of(
                  "Could not resolve",
                  "unable to access",
                  "unable to connect",
                  "unable to update url base",
                  "Connection ",
                  "timed out",
                  "early EOF",
                  "RPC failed",
                  "hung up",
                  "Could not read from remote repository",
                  "returned error:",
                  "unexpected disconnect",
                  "remote error",
                  "remote did not send",
                  "protocol error",
                  "bad line length",
                  "expected flush",
                  "not valid: is this a git repository",
                  "Operation too slow",
                  "not done after")));

  private static final int MAX_TEXT_CHARS = 2_000;

  private final transient Kind kind;

  /**
   * @param what the command, for people
   * @param output of git, without secrets
   */
  GitFailure(Kind kind, String what, String output) {
    super("git " + what + " failed: " + shortened(output.strip()));
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  static Kind kind(String output) {
    return WORDS.stream()
        .filter(entry -> entry.getValue().stream().anyMatch(output::contains))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Kind.LOCAL);
  }

  /** As a failure of the input. */
  FetchFailed asFetchFailed() {
    return switch (kind) {
      case REFUSED, HOST_KEY, DENIED, ABSENT -> new FetchFailed(getMessage());
      case FORBIDDEN ->
          FetchFailed.ofMachine(
              getMessage() + "; --git-protocols of this machine's agent names what is allowed");
      case REMOTE, LOCAL -> FetchFailed.retryable(getMessage());
    };
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT_CHARS
        ? text
        : "…" + text.substring(text.length() - MAX_TEXT_CHARS);
  }
}
