package io.cta.server.admin;

import picocli.CommandLine.Option;

/** The option that names the database of a MongoDB store. */
final class DatabaseOption {
  @Option(
      names = "--database",
      paramLabel = "NAME",
      defaultValue = "${env:CTA_STORE_MONGO_DATABASE:-cta}",
      description = "the database of a mongodb:// store (CTA_STORE_MONGO_DATABASE; cta)")
  private String name;

  StoreAddress of(String option, String store) {
    return StoreAddress.of(option, store, name);
  }
}
