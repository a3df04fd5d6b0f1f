package io.cta.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * A program that keeps repositories, and to which executions report; or one that builds.
 *
 * @param group the team that owns it, or null
 * @param url the beginning of its API's addresses
 * @param user whose token it is, of a Jenkins; else null
 * @param token its credential, sealed; null when it was given none yet
 * @param previousToken the one before it, sealed, or null; ends what was begun with it
 * @param tokenRevision counts the tokens
 * @param revision counts what people have changed
 */
@RecordBuilder
public record Forge(
    String id,
    String name,
    String description,
    String group,
    ForgeType type,
    String url,
    String user,
    String token,
    String previousToken,
    Integer tokenRevision,
    Integer revision,
    Instant createdAt,
    Instant updatedAt) {
  public Forge {
    name = FieldChecks.name("name", name);
    url = FieldChecks.required("url", url);
    type = FieldChecks.or(type, ForgeType.GITLAB);
    tokenRevision = FieldChecks.or(tokenRevision, 0);
    revision = FieldChecks.or(revision, 1);
  }
}
