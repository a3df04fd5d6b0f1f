package io.cta.server.admin;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.MigrationProgress;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cta admin migrate}: copies one store into another. */
@Command(
    name = "migrate",
    description = {
      "Copy everything of one store into another and compare both.",
      "No server may run on either. A run that was cut off goes on when it is started again."
    },
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "STORE",
      required = true,
      description = "sqlite:DIRECTORY (a server's data), sqlite:FILE or mongodb://...")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "STORE",
      required = true,
      defaultValue = "${env:CTA_STORE_MONGO_URL}",
      description = "likewise; must be empty (CTA_STORE_MONGO_URL)")
  private String to;

  @Mixin private DatabaseOption database;

  @Override
  public Integer call() {
    return VertxCommandRunner.run(spec.commandLine(), this::migrate);
  }

  private Future<Void> migrate(Vertx vertx) {
    StoreAddress source = database.of("--from", from);
    StoreAddress target = database.of("--to", to);
    PrintWriter out = spec.commandLine().getOut();
    DocumentStore read = source.open(vertx, true);
    DocumentStore written = target.open(vertx, false);
    List<CollectionSpec> all = new ArrayList<>(StoreCollections.ALL);
    all.add(MigrationProgress.COLLECTION);
    return read.prepare(all)
        .compose(v -> written.prepare(all))
        .compose(
            v ->
                new StoreMigration(
                        read,
                        written,
                        source.place(),
                        StoreCollections.ALL,
                        text -> print(out, text))
                    .run())
        .onSuccess(v -> print(out, target.place() + " holds all of " + source.place()))
        .eventually(() -> Future.join(read.close(), written.close()));
  }

  private static void print(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
