package io.cta.server.admin;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.secrets.SecretKeys;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cta admin rekey}: seals all secrets with a new key. */
@Command(
    name = "rekey",
    description = {
      "Seal every secret of a store with a new key.",
      "The keys are in a file of the server's data directory, or in CTA_SECURITY_SECRET_KEYS:",
      "put the new one before the old one there, and take the old one away afterwards.",
      "No server may run on the store. A run that was cut off goes on when it is started again."
    },
    mixinStandardHelpOptions = true)
final class RekeyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      required = true,
      description = "sqlite:DIRECTORY (a server's data), sqlite:FILE or mongodb://...")
  private String store;

  @Mixin private DatabaseOption database;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "the file of keys; default: secret-keys beside a SQLite store")
  private Path file;

  @Option(
      names = "--given-keys",
      hidden = true,
      defaultValue = "${env:CTA_SECURITY_SECRET_KEYS}",
      description = "keys instead of a file")
  private String given;

  @Override
  public Integer call() {
    return VertxCommandRunner.run(spec.commandLine(), this::rekey);
  }

  private Future<Void> rekey(Vertx vertx) {
    StoreAddress address = database.of("--store", store);
    Path keyFile = file != null ? file : address.beside(SecretKeys.FILE);
    boolean fromFile = given == null || given.isBlank();
    if (fromFile && keyFile == null) {
      throw ServiceFailure.invalid("--keys", "must name the file of keys of this store");
    }
    SecretKeys keys = fromFile ? ofFile(keyFile) : SecretKeys.parse(given);
    DocumentStore open = address.open(vertx, true);
    PrintWriter out = spec.commandLine().getOut();
    return open.prepare(StoreCollections.ALL)
        .compose(v -> new StoreResealer(open, SecretCipher.with(keys)).run())
        .onSuccess(
            count -> {
              if (fromFile) {
                replace(keyFile, keys.newest());
              }
              out.println(count + " secrets sealed with the new key");
              out.println(
                  fromFile
                      ? keyFile + " holds only the new key now"
                      : "take the old key out of CTA_SECURITY_SECRET_KEYS");
              out.flush();
            })
        .eventually(open::close)
        .mapEmpty();
  }

  /** The keys with a new one, which the file has before anything is sealed with it. */
  private static SecretKeys ofFile(Path file) {
    try {
      SecretKeys keys = SecretKeys.read(file);
      if (keys.size() > 1) {
        return keys; // an earlier run did not end
      }
      SecretKeys more = keys.withNewKey();
      more.replace(file);
      return more;
    } catch (IOException e) {
      throw new ServiceFailure(ErrorCode.CONFLICT, "no keys: " + e.getMessage());
    }
  }

  private static void replace(Path file, SecretKeys keys) {
    try {
      keys.replace(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
