package io.cta.server.forges;

import io.cta.domain.Forge;
import io.cta.domain.ForgeType;
import io.cta.server.outgoing.OutgoingAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The requests for one note on a merge request of one type of forge. Pure. */
public interface NoteApi {
  /** Throws INVALID when the forge's address cannot be called. */
  static NoteApi of(Forge forge, MergeRequestNote note, String token) {
    return forge.type() == ForgeType.GITLAB
        ? new GitLabNotes(forge, note, token)
        : new GitHubNotes(forge, note, token);
  }

  /** Asks whose token it is. */
  ForgeCall user();

  /** Makes a new note. */
  ForgeCall create();

  /** Writes a note anew. */
  ForgeCall update(long id);

  /** Asks for a page of the notes, the oldest first; pages count from 1. */
  ForgeCall page(int page);

  /** Our note in a page. */
  Optional<Long> find(JsonArray page, long user);

  /** True when another page follows; totals are missing where there are many notes. */
  static boolean hasNext(OutgoingAnswer answer) {
    String next = answer.header("x-next-page");
    String link = answer.header("link");
    return next != null && !next.isBlank() || link != null && link.contains("rel=\"next\"");
  }

  /**
   * The note with a marker, of a user: everybody may quote it.
   *
   * @param author name of the field that says who wrote a note
   */
  static Optional<Long> find(JsonArray page, String marker, String author, long user) {
    return page.stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("body", "").startsWith(marker))
        .filter(one -> one.getJsonObject(author, new JsonObject()).getLong("id", -1L) == user)
        .map(one -> one.getLong("id"))
        .findFirst();
  }
}
