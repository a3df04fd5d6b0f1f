package io.cta.agent.push;

import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An upload in parts that has begun, on disk, so that an agent that was killed goes on with it.
 *
 * @param sha256 of the whole content
 * @param partBytes of each part but the last; never changes
 * @param etags of the parts that the store has, in their order
 */
record S3UploadState(String sha256, String uploadId, long partBytes, List<String> etags) {
  S3UploadState {
    etags = List.copyOf(etags);
  }

  /** What a file says of an upload of that content; null when there is none. */
  static S3UploadState load(Path file, String sha256) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      S3UploadState state =
          JsonMapping.decode(Buffer.buffer(Files.readAllBytes(file)), S3UploadState.class);
      return state.sha256().equals(sha256) ? state : null;
    } catch (RuntimeException damaged) {
      return null;
    }
  }

  S3UploadState save(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, JsonMapping.encode(this).getBytes());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return this;
  }

  S3UploadState with(String etag) {
    List<String> more = new ArrayList<>(etags);
    more.add(etag);
    return new S3UploadState(sha256, uploadId, partBytes, more);
  }
}
