package io.cta.bench;

import io.cta.domain.IdGenerator;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which store the measured server uses. */
final class StoreChoice {
  enum Kind {
    sqlite,
    mongo
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--store", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}")
  private Kind kind = Kind.sqlite;

  @Option(
      names = "--mongo",
      paramLabel = "URL",
      defaultValue = "${env:CTA_MONGO_URL}",
      description =
          "where that MongoDB is; each server gets a new database there, which stays;"
              + " default: CTA_MONGO_URL")
  private String mongo;

  @Option(names = "--synchronous", description = "of SQLite: normal or full; default normal")
  private String synchronous = "normal";

  Kind kind() {
    return kind;
  }

  String synchronous() {
    return synchronous;
  }

  /** The environment that makes a server use the store. */
  Map<String, String> serverEnv() {
    if (kind == Kind.sqlite) {
      return Map.of("CTA_STORE_TYPE", "sqlite", "CTA_STORE_SQLITE_SYNCHRONOUS", synchronous);
    }
    if (mongo == null || mongo.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--store mongo needs --mongo");
    }
    return Map.of(
        "CTA_STORE_TYPE",
        "mongo",
        "CTA_STORE_MONGO_URL",
        mongo,
        "CTA_STORE_MONGO_DATABASE",
        "cta_bench_" + IdGenerator.next());
  }

  String describe() {
    return kind == Kind.mongo ? "MongoDB" : "SQLite synchronous=" + synchronous;
  }
}
