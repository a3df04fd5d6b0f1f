package io.cta.server.api.definitions;

import io.cta.domain.AfterNotification;
import io.cta.domain.Channel;
import io.cta.domain.ChannelType;
import io.cta.error.ServiceFailure;
import io.cta.json.InstantText;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.outgoing.OutgoingUrl;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.ChannelView;
import io.cta.server.webhook.ChannelSafety;
import io.cta.server.webhook.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Rules of channels: the address may be called, and the key is stored sealed and never shown, but
 * to whoever has the server make it. The fields that say how deliveries went stay.
 */
record ChannelRules(StoreRepositories stores, ChannelSafety safety)
    implements DefinitionKind.Rules<Channel> {
  /** How long an old key signs too when a document just has another one. */
  static final Duration OVERLAP = Duration.ofHours(24);

  private static final List<String> KEY_FIELDS = List.of("key", "previousKey", "previousKeyUntil");
  private static final List<String> STATE_FIELDS =
      List.of("lastDeliveredAt", "problem", "problemAt");

  @Override
  public Future<Void> check(Channel channel, DefinitionLookup definitionLookup) {
    if (channel.type() == ChannelType.WEBHOOK) {
      safety.addresses().check("url", OutgoingUrl.parse("url", channel.url()));
    }
    return ReferenceCheck.check(definitionLookup, stores.groups, "group", "group", channel.group());
  }

  @Override
  public Future<JsonObject> complete(JsonObject input, JsonObject stored) {
    if (isChat(input)) {
      return Future.succeededFuture(completeChat(input, stored));
    }
    String given = (String) input.remove("key");
    boolean wasChat = stored != null && isChat(stored);
    SigningKey key = given == null ? null : SigningKey.parse("key", given);
    keep(KEY_FIELDS, input, wasChat ? null : stored);
    keep(STATE_FIELDS, input, stored);
    if (stored == null || wasChat) {
      input.put("key", safety.keys().seal(key == null ? SigningKey.random() : key));
    } else if (key != null && !sameKey(stored, given)) {
      Instant now = InstantText.parse(input.getString("updatedAt"));
      replaceKey(input, key, now.plus(OVERLAP));
    }
    return Future.succeededFuture(changed(input, stored));
  }

  private static boolean isChat(JsonObject channel) {
    String type = channel.getString("type");
    return type != null && !type.equals(ChannelType.WEBHOOK.wire());
  }

  /** The address of a chat program is its password: it is sealed, and only its host is shown. */
  private JsonObject completeChat(JsonObject input, JsonObject stored) {
    if (input.remove("key") != null) {
      throw ServiceFailure.invalid("key", "belongs to the type webhook: nothing is signed here");
    }
    keep(STATE_FIELDS, input, stored);
    String url = input.getString("url");
    if (stored != null && isChat(stored) && isAddress(stored, url)) {
      input.put("key", stored.getString("key")).put("url", stored.getString("url"));
    } else {
      OutgoingUrl parsed = OutgoingUrl.parse("url", url);
      safety.addresses().check("url", parsed);
      input.put("key", safety.keys().sealAddress(url));
      input.put("url", shown(url));
    }
    return changed(input, stored);
  }

  /** Whether a text is the stored address, as it is shown or as it is. */
  private boolean isAddress(JsonObject stored, String url) {
    if (Objects.equals(url, stored.getString("url"))) {
      return true;
    }
    try {
      return Objects.equals(safety.keys().openAddress(stored.getString("key")), url);
    } catch (ServiceFailure e) {
      return false; // what cannot be opened any more is replaced
    }
  }

  /** Scheme and host; what follows is the secret. */
  private static String shown(String url) {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    return (path < 0 ? url : url.substring(0, path)) + "/…";
  }

  private static JsonObject changed(JsonObject input, JsonObject stored) {
    boolean wasOff = stored != null && !stored.getBoolean("enabled", true);
    if (wasOff && input.getBoolean("enabled", true)) {
      input.remove("problem");
      input.remove("problemAt");
    }
    int revision = stored == null ? 0 : stored.getInteger("revision", 0);
    return input.put("revision", revision + 1);
  }

  /** Makes another key the one that signs; the one before it goes on until an instant. */
  void replaceKey(JsonObject channel, SigningKey key, Instant until) {
    channel.put("previousKey", channel.getString("key"));
    channel.put("previousKeyUntil", InstantText.format(until));
    channel.put("key", safety.keys().seal(key));
  }

  private boolean sameKey(JsonObject stored, String given) {
    try {
      return Objects.equals(safety.keys().open(stored.getString("key")).text(), given);
    } catch (ServiceFailure e) {
      return false; // what cannot be opened any more is replaced
    }
  }

  private static void keep(List<String> fields, JsonObject input, JsonObject stored) {
    for (String field : fields) {
      input.remove(field);
      if (stored != null && stored.getValue(field) != null) {
        input.put(field, stored.getValue(field));
      }
    }
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.byReading(
        stores.scenarios,
        scenario ->
            scenario.after().stream().anyMatch(after -> tells(after.notification(), stored)),
        scenario -> "scenario " + scenario.name());
  }

  private static boolean tells(AfterNotification notification, JsonObject stored) {
    return notification != null
        && notification.channels().stream().anyMatch(key -> UsageFinder.means(key, stored));
  }

  /** Deliveries write how they went, which must not make an edit stale. */
  @Override
  public String tag(JsonObject stored, long version) {
    String id = stored.getString("id");
    return id.substring(Math.max(0, id.length() - 10)) + "." + stored.getInteger("revision", 1);
  }

  @Override
  public OutwardView view(Channel channel) {
    return ChannelView.of(channel);
  }

  @Override
  public OutwardView created(Channel channel, JsonObject written) {
    return written.containsKey("key") || channel.type() != ChannelType.WEBHOOK
        ? ChannelView.of(channel)
        : ChannelView.withKey(channel, safety.keys().open(channel.key()).text());
  }
}
