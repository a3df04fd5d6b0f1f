package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.server.outgoing.OutgoingUrl;
import io.vertx.core.json.JsonArray;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The requests for commit statuses of one type of forge. Pure. */
public interface StatusApi {
  /** Throws INVALID when the forge's address cannot be called. */
  static StatusApi of(Forge forge) {
    return forge.type() == ForgeType.GITLAB ? new GitLabStatuses(forge) : new GitHubStatuses(forge);
  }

  /** Makes a status known. */
  ForgeCall send(CommitStatus status, String token);

  /** Asks for the statuses of its context. */
  ForgeCall list(CommitStatus status, String token);

  /** The statuses of its context in the answer to {@link #list}, the newest first. */
  List<ListedStatus> read(JsonArray listed, CommitStatus status);

  /** True when a status with this word would change nothing for the better. */
  boolean covers(String listedState, ReportStage wanted);

  /** How a status is told from others of its context. */
  default boolean same(ListedStatus listed, CommitStatus status) {
    ListedStatus own = own(status);
    return listed.state().equals(own.state())
        && java.util.Objects.equals(emptyToNull(listed.link()), own.link())
        && java.util.Objects.equals(listed.description(), own.description());
  }

  /** The status in the forge's words, as short as it has to be. */
  ListedStatus own(CommitStatus status);

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** A part of a path, percent-encoded. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The address below that of the forge. */
  static OutgoingUrl below(OutgoingUrl base, String path) {
    return new OutgoingUrl(
        base.tls(), base.host(), base.port(), base.target().replaceFirst("/+$", "") + path);
  }
}
