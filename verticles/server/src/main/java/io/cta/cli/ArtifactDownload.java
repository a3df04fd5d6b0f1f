package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.domain.ArtifactPath;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Fetches artifacts into a directory: below the task's number and attempt, and the test, so that
 * none overwrites another. A file appears when it is whole and has the digest that the server
 * tells.
 */
final class ArtifactDownload {
  private static final int COPY_BYTES = 64 * 1024;

  private final ApiClient api;
  private final Path root;
  private final Set<Path> written = new HashSet<>();

  ArtifactDownload(ApiClient api, Path root) {
    this.api = api;
    this.root = root.toAbsolutePath().normalize();
  }

  /** The file, once it is there. */
  Path fetch(JsonObject artifact) {
    Path target = target(artifact);
    try {
      createDirectories(target.getParent());
      Path part = Files.createTempFile(target.getParent(), ".cta-", ".part");
      try {
        api.download("/api/v1/artifacts/" + ApiClient.encode(artifact.getString("id")), part);
        if (!digest(part).equals(artifact.getString("sha256"))) {
          throw new CliFailure(
              ExitCode.NO_SERVER, target + " did not come whole: its digest is another");
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "cannot write " + target + ": " + e.getMessage());
    }
    return target;
  }

  /** Where an artifact goes; a name that would lead elsewhere is refused, whoever sent it. */
  private Path target(JsonObject artifact) {
    String path = artifact.getString("path");
    String problem = ArtifactPath.problem(path);
    String task = artifact.getString("taskId");
    String number = task.substring(task.lastIndexOf('-') + 1);
    String test = artifact.getString("testId", "").replaceAll("[^A-Za-z0-9._-]", "_");
    Path target =
        root.resolve(plain(number) + "." + artifact.getInteger("attempt"))
            .resolve(plain(test))
            .resolve(problem == null ? path : "x")
            .normalize();
    if (problem != null || !target.startsWith(root)) {
      throw new CliFailure(ExitCode.NOT_WRITTEN, "the server names a file that " + problem);
    }
    while (!written.add(target)) {
      target = target.resolveSibling(target.getFileName() + "~");
    }
    return target;
  }

  private static String plain(String name) {
    return name.matches("\\.*") ? "_" : name;
  }

  /** A link that lies in the directory is not followed. */
  private void createDirectories(Path dir) throws IOException {
    Files.createDirectories(root);
    Path at = root;
    for (Path step : root.relativize(dir)) {
      at = at.resolve(step);
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(at);
      }
    }
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = new byte[COPY_BYTES];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        digest.update(bytes, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
