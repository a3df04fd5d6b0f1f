package io.cta.server.admin;

import io.cta.server.store.StoreCollections;
import io.cta.server.store.mongo.MongoSettings;
import io.cta.server.store.mongo.ShardingSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cta admin shard}: prints the shard keys of the collections and applies them. */
@Command(
    name = "shard",
    description = "Print the shard key of each collection, and apply them.",
    mixinStandardHelpOptions = true)
final class ShardCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--store-url",
      paramLabel = "URL",
      required = true,
      defaultValue = "${env:CTA_STORE_MONGO_URL}",
      description = "a mongos of the sharded cluster (CTA_STORE_MONGO_URL)")
  private String url;

  @Mixin private DatabaseOption database;

  @Option(names = "--apply", description = "shard the collections; may be repeated")
  private boolean apply;

  @Override
  public Integer call() {
    return VertxCommandRunner.run(spec.commandLine(), this::shard);
  }

  private Future<Void> shard(Vertx vertx) {
    MongoSettings settings = database.of("--store-url", url).mongo();
    PrintWriter out = spec.commandLine().getOut();
    for (ShardingSetup.Choice choice : ShardingSetup.choices(StoreCollections.ALL)) {
      out.printf("%-15s %s%n", choice.collection(), choice.key() == null ? "-" : choice.key());
      out.println("    " + choice.reason());
    }
    if (!apply) {
      out.println("Nothing was changed; --apply shards " + settings.place() + ".");
      return Future.succeededFuture();
    }
    return ShardingSetup.apply(vertx, settings, StoreCollections.ALL)
        .onSuccess(done -> done.forEach(command -> out.println("done: " + command)))
        .mapEmpty();
  }
}
