package io.cta.agent.report.file;

import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers the single files that local inputs put into the workspace. A test that names such a
 * file as its report means that file, although it is older than the test.
 */
final class DeliveredFiles {
  private final Map<String, FileStamp> files = new HashMap<>();

  DeliveredFiles(Path workspace, List<Repository> inputs) {
    for (Repository input : inputs) {
      if (input.type().equals("local") && input.path() != null) {
        add(workspace, input);
      }
    }
  }

  /** Whether the file of that name is still the one that an input brought. */
  boolean has(String name, FileStamp stamp) {
    return stamp.equals(files.get(name));
  }

  private void add(Path workspace, Repository input) {
    try {
      Path base = workspace.toAbsolutePath().normalize();
      Path file = base.resolve(input.to()).resolve(Path.of(input.path()).getFileName()).normalize();
      if (file.startsWith(base) && file.toFile().isFile()) {
        String name = base.relativize(file).toString().replace('\\', '/');
        files.put(name, FileStamp.of(file.toRealPath()));
      }
    } catch (IOException | RuntimeException e) {
      // the input brought no file
    }
  }
}
