package io.cta.server.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SecretCipherTest {
  @TempDir private Path dir;

  @Test
  void opensWhatItSealedAndSealsTheSameTextDifferently() {
    SecretCipher cipher = SecretCipher.with(keys());
    String sealed = cipher.seal("kT5xq0-ü-n8w");
    assertEquals("kT5xq0-ü-n8w", cipher.open(sealed));
    assertFalse(sealed.contains("kT5xq0"));
    assertNotEquals(sealed, cipher.seal("kT5xq0-ü-n8w"));
  }

  @Test
  void opensNothingThatWasChangedOrSealedByAnotherKey() {
    SecretCipher cipher = SecretCipher.with(keys());
    String sealed = cipher.seal("kT5xq0-n8w");
    char last = sealed.charAt(sealed.length() - 3);
    String changed =
        sealed.substring(0, sealed.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + sealed.substring(sealed.length() - 2);
    for (String text : new String[] {changed, "sealed:1:", "sealed:1:x:y", "plain", ""}) {
      ServiceFailure e = assertThrows(ServiceFailure.class, () -> cipher.open(text));
      assertEquals(ErrorCode.UNAVAILABLE, e.code());
    }
    ServiceFailure e =
        assertThrows(ServiceFailure.class, () -> SecretCipher.with(keys()).open(sealed));
    assertTrue(e.getMessage().contains("which this server does not have"), e.getMessage());
  }

  @Test
  void opensOldTextsWithOldKeysAndSealsWithTheNewOne() {
    SecretKeys old = keys();
    String sealed = SecretCipher.with(old).seal("kT5xq0-n8w");
    SecretCipher both = SecretCipher.with(old.withNewKey());
    assertEquals("kT5xq0-n8w", both.open(sealed));
    assertTrue(both.isOld(sealed));
    assertFalse(both.isOld(both.seal("kT5xq0-n8w")));
    assertFalse(both.isOld("plain"));
  }

  @Test
  void makesAFileOfKeysThatOnlyItsOwnerReadsAndKeepsIt() throws Exception {
    SecretKeys first = SecretKeys.open(dir);
    assertEquals(first.toString(), SecretKeys.open(dir).toString());
    Path file = dir.resolve(SecretKeys.FILE);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (var files = Files.list(dir)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void saysNoPartOfAKeyWhenTheFileIsWrong() throws Exception {
    Path file = Files.writeString(dir.resolve(SecretKeys.FILE), "not-a-key-but-secret\n");
    Exception e = assertThrows(Exception.class, () -> SecretKeys.open(dir));
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertFalse(e.getMessage().contains("but-secret"), e.getMessage());
  }

  @Test
  void refusesWithoutKeysAndSaysWhy() {
    SecretCipher none = SecretCipher.without("set the keys");
    ServiceFailure e = assertThrows(ServiceFailure.class, () -> none.seal("kT5xq0-n8w"));
    assertEquals("set the keys", e.getMessage());
  }

  private static SecretKeys keys() {
    return SecretKeys.parse("A".repeat(43) + "=").withNewKey().newest();
  }
}
