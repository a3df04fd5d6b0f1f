package io.cta.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Secret;
import io.cta.domain.SecretBuilder;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.secrets.SecretKeys;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.store.sqlite.SqliteSettings;
import io.cta.server.store.sqlite.SqliteStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code cta admin rekey}: all secrets get a new key, also when a run was cut off. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class RekeyTest {
  private static final int SECRETS = 450;

  @TempDir private Path dir;
  private final Vertx vertx = Vertx.vertx();
  private SecretKeys old;

  @BeforeEach
  void fill() throws IOException {
    old = SecretKeys.open(dir);
    SecretCipher cipher = SecretCipher.with(old);
    StoreRepositories stores = open();
    for (int i = 0; i < SECRETS; i++) {
      String id = "secret-" + i;
      Secret secret =
          SecretBuilder.builder().id(id).name(id).sealed(cipher.seal("value of " + i)).build();
      stores.secrets.insert(id, secret).await();
    }
    stores.documents.close().await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void onlyTheNewKeyOpensTheSecretsAfterwards() throws Exception {
    assertEquals(SECRETS + " secrets sealed with the new key", rekey());
    SecretKeys keys = SecretKeys.open(dir);
    assertEquals(1, keys.size());
    assertFalse(keys.toString().equals(old.toString()));
    assertOpened(SecretCipher.with(keys));
    assertEquals(SECRETS + " secrets sealed with the new key", rekey());
  }

  @Test
  void aRunThatWasCutOffGoesOn() throws Exception {
    SecretKeys both = old.withNewKey();
    both.replace(dir.resolve(SecretKeys.FILE));
    SecretCipher half = SecretCipher.with(both);
    StoreRepositories stores = open();
    for (int i = 0; i < 100; i++) {
      String sealed = half.seal("value of " + i);
      stores
          .secrets
          .update("secret-" + i, s -> SecretBuilder.builder(s).sealed(sealed).build())
          .await();
    }
    stores.documents.close().await();
    assertEquals(SECRETS - 100 + " secrets sealed with the new key", rekey());
    assertEquals(both.newest().toString(), SecretKeys.open(dir).toString());
    assertOpened(SecretCipher.with(both.newest()));
  }

  private void assertOpened(SecretCipher cipher) {
    StoreRepositories stores = open();
    List<Secret> all =
        stores
            .secrets
            .find(DocumentQuery.of(StoreCollections.SECRETS, DocumentFilter.ALL, 1000))
            .await()
            .items()
            .stream()
            .map(VersionedEntity::value)
            .toList();
    assertEquals(SECRETS, all.size());
    for (Secret secret : all) {
      String number = secret.name().substring("secret-".length());
      assertEquals("value of " + number, cipher.open(secret.sealed()));
      assertFalse(cipher.isOld(secret.sealed()));
    }
    stores.documents.close().await();
  }

  private StoreRepositories open() {
    SqliteStore store = new SqliteStore(vertx, SqliteSettings.of(dir.resolve("cta.db")));
    store.prepare(StoreCollections.ALL).await();
    return new StoreRepositories(store);
  }

  private String rekey() {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new AdminCommand()).setOut(new PrintWriter(out));
    assertEquals(0, command.execute("rekey", "--store", "sqlite:" + dir), out.toString());
    assertTrue(out.toString().contains("holds only the new key now"), out.toString());
    return out.toString().lines().findFirst().orElseThrow();
  }
}
