package io.cta.server.api.definitions;

import io.cta.domain.Channel;
import io.cta.domain.ChannelType;
import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import io.cta.json.JsonMapping;
import io.cta.server.api.http.ApiRequest;
import io.cta.server.api.http.ApiResponse;
import io.cta.server.api.http.OperationRegistry;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.store.VersionedEntity;
import io.cta.server.view.definitions.ChannelView;
import io.cta.server.webhook.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;

/** Gives channels new keys, while the old one still counts for a time. */
public final class ChannelKeyResource {
  private static final Duration MAX_OVERLAP = Duration.ofDays(90);

  private final DefinitionKind<Channel> kind;
  private final ChannelRules rules;
  private final Clock clock;

  public ChannelKeyResource(DefinitionKinds kinds, Clock clock) {
    this.kind = kinds.channels;
    this.rules = (ChannelRules) kind.rules();
    this.clock = clock;
  }

  public void register(OperationRegistry operations) {
    operations.on("replaceChannelKey", this::replace);
  }

  private Future<ApiResponse> replace(ApiRequest call) {
    String given = call.body().getString("key");
    SigningKey key = given == null ? SigningKey.random() : SigningKey.parse("key", given);
    Duration overlap =
        call.body().containsKey("overlap")
            ? DurationFormat.parse("overlap", call.body().getString("overlap"))
            : ChannelRules.OVERLAP;
    if (overlap.compareTo(MAX_OVERLAP) > 0) {
      throw ServiceFailure.invalid("overlap", "must be at most " + MAX_OVERLAP.toDays() + "d");
    }
    return IdOrNameLookup.get(kind.repository(), kind.noun(), call.path("id"))
        .compose(
            found -> {
              if (found.value().type() != ChannelType.WEBHOOK) {
                throw ServiceFailure.invalid(
                    "key", "belongs to the type webhook: nothing is signed here");
              }
              return kind.repository()
                  .update(found.value().id(), found, channel -> changed(channel, key, overlap));
            })
        .map(VersionedEntity::value)
        .map(
            channel ->
                ApiResponse.ok(
                        given == null
                            ? ChannelView.withKey(channel, key.text())
                            : ChannelView.of(channel))
                    .tag(rules.tag(JsonMapping.toObject(channel), 0)));
  }

  private Channel changed(Channel channel, SigningKey key, Duration overlap) {
    JsonObject next = JsonMapping.toObject(channel);
    rules.replaceKey(next, key, clock.instant().plus(overlap));
    next.put("revision", channel.revision() + 1);
    return JsonMapping.fromObject(next, Channel.class);
  }
}
