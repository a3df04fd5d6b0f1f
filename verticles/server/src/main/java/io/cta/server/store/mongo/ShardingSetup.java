package io.cta.server.store.mongo;

import com.mongodb.MongoCommandException;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.impl.config.MongoClientOptionsParser;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Spreads the collections over the shards of a cluster, through one of its routers. */
public final class ShardingSetup {
  private static final int ALREADY = 23;

  /**
   * How one collection is spread, or that it stays whole.
   *
   * @param key as the database writes it; null for a collection that stays whole
   */
  public record Choice(String collection, String key, String reason) {}

  /**
   * A command for a router.
   *
   * @param admin true for the database {@code admin}, else CTA's own
   */
  record Command(boolean admin, String name, JsonObject body) {}

  private ShardingSetup() {}

  public static List<Choice> choices(List<CollectionSpec> collections) {
    return collections.stream()
        .map(
            spec -> {
              ShardKey key = ShardKey.of(spec);
              return new Choice(
                  spec.name(), key.spread() ? key.fields().encode() : null, key.reason());
            })
        .toList();
  }

  /** The commands in the order in which to run them; each may be repeated. Pure. */
  static List<Command> commands(String database, List<CollectionSpec> collections) {
    List<Command> commands = new ArrayList<>();
    commands.add(
        new Command(true, "enableSharding", new JsonObject().put("enableSharding", database)));
    for (CollectionSpec spec : collections) {
      ShardKey key = ShardKey.of(spec);
      if (key.spread()) {
        // a collection with documents can only be sharded by a key that has an index
        JsonObject index = new JsonObject().put("key", key.fields()).put("name", "shard");
        commands.add(
            new Command(
                false,
                "createIndexes",
                new JsonObject()
                    .put("createIndexes", spec.name())
                    .put("indexes", new JsonArray().add(index))));
        commands.add(
            new Command(
                true,
                "shardCollection",
                new JsonObject()
                    .put("shardCollection", database + "." + spec.name())
                    .put("key", key.fields())));
      }
    }
    return commands;
  }

  /** Runs the commands and returns those that were run; CONFLICT when the server is no router. */
  public static Future<List<String>> apply(
      Vertx vertx, MongoSettings settings, List<CollectionSpec> collections) {
    MongoClient own;
    MongoClient admin;
    try {
      own = settings.connect(vertx);
      admin =
          MongoClient.createWithMongoSettings(
              vertx,
              new JsonObject().put("db_name", "admin"),
              UUID.randomUUID().toString(),
              new MongoClientOptionsParser(vertx, settings.client()).settings());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    return run(settings, own, admin, commands(settings.database(), collections))
        .recover(e -> Future.failedFuture(known(settings, e)))
        .eventually(() -> Future.join(own.close(), admin.close()));
  }

  private static Future<List<String>> run(
      MongoSettings settings, MongoClient own, MongoClient admin, List<Command> commands) {
    List<String> done = new ArrayList<>();
    Future<Void> chain =
        admin
            .runCommand("isMaster", new JsonObject().put("isMaster", 1))
            .map(answer -> router(settings, answer));
    for (Command command : commands) {
      chain =
          chain
              .compose(
                  v -> (command.admin() ? admin : own).runCommand(command.name(), command.body()))
              .map(
                  answer -> {
                    done.add(command.body().encode());
                    return null;
                  });
    }
    return chain.map(v -> List.copyOf(done));
  }

  private static Void router(MongoSettings settings, JsonObject answer) {
    if ("isdbgrid".equals(answer.getString("msg"))) {
      return null;
    }
    String what =
        answer.containsKey("setName")
            ? "a member of the replica set " + answer.getString("setName")
            : "a single server";
    throw new ServiceFailure(
        ErrorCode.CONFLICT,
        settings.hosts() + " is " + what + ", not a mongos: only a sharded cluster can shard");
  }

  private static ServiceFailure known(MongoSettings settings, Throwable e) {
    if (e instanceof ServiceFailure failure) {
      return failure;
    }
    if (e instanceof MongoCommandException command && command.getErrorCode() == ALREADY) {
      return new ServiceFailure(
          ErrorCode.CONFLICT,
          "a collection is sharded by another key already: " + command.getErrorMessage());
    }
    return new ServiceFailure(ErrorCode.UNAVAILABLE, MongoFailures.text(e, settings));
  }
}
