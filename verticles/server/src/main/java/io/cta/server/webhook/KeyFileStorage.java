package io.cta.server.webhook;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals keys by AES-256-GCM with a key of its own, which is in a file of the data directory. */
public final class KeyFileStorage implements KeyStorage {
  private static final String FILE = "channel-key";
  private static final String FORM = "gcm1:";
  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  private KeyFileStorage(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Reads the file, or makes it, for its owner only. Blocking. */
  public static KeyFileStorage open(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    Files.createDirectories(directory);
    Path made = directory.resolve(FILE + ".new");
    if (!Files.exists(file)) {
      Files.deleteIfExists(made);
      boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
      if (posix) {
        Files.createFile(
            made,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(
          made,
          Base64.getEncoder().encode(fresh),
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      try {
        Files.move(made, file);
      } catch (FileAlreadyExistsException e) {
        Files.deleteIfExists(made);
      }
    }
    try {
      byte[] bytes =
          Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
      if (bytes.length == KEY_BYTES) {
        return new KeyFileStorage(bytes);
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new IOException(file + " is no key: put back the one that it was");
  }

  @Override
  public String seal(String plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain.getBytes(StandardCharsets.UTF_8));
      Base64.Encoder base64 = Base64.getEncoder();
      return FORM + base64.encodeToString(nonce) + ":" + base64.encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String open(String sealed) {
    try {
      String[] parts = sealed.split(":", -1);
      if (sealed.startsWith(FORM) && parts.length == 3) {
        byte[] nonce = Base64.getDecoder().decode(parts[1]);
        byte[] bytes = Base64.getDecoder().decode(parts[2]);
        return new String(
            cipher(Cipher.DECRYPT_MODE, nonce).doFinal(bytes), StandardCharsets.UTF_8);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // told below, without any detail
    }
    throw new ServiceFailure(
        ErrorCode.CONFLICT, "a key of a channel was sealed with another " + FILE);
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
