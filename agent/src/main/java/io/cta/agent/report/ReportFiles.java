package io.cta.agent.report;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The report files of a workspace. Tests of one task share it: a file that an earlier test's
 * reports were read from counts again only when it was written again.
 */
public final class ReportFiles {
  private static final int MAX_FILES = 50_000;

  private record Version(long size, FileTime written) {}

  private final Path workspace;
  private final Map<Path, Version> read = new HashMap<>();

  public ReportFiles(Path workspace) {
    this.workspace = workspace;
  }

  /** The files that match a glob and were not taken before, in the order of their names. */
  public List<Path> take(String glob) throws IOException {
    List<Path> out = new ArrayList<>();
    PathMatcher matcher = matcher(glob);
    Files.walkFileTree(
        workspace,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (matcher.matches(workspace.relativize(file)) && attributes.isRegularFile()) {
              add(out, file, new Version(attributes.size(), attributes.lastModifiedTime()));
            }
            return out.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    out.sort(null);
    return out;
  }

  private void add(List<Path> out, Path file, Version version) {
    if (!version.equals(read.put(file, version))) {
      out.add(file);
    }
  }

  private static PathMatcher matcher(String glob) {
    String relative = glob.startsWith("./") ? glob.substring(2) : glob;
    PathMatcher exact = FileSystems.getDefault().getPathMatcher("glob:" + relative);
    if (!relative.startsWith("**/")) {
      return exact;
    }
    // as people mean it: **/x also finds x at the top
    PathMatcher atTop = FileSystems.getDefault().getPathMatcher("glob:" + relative.substring(3));
    return path -> exact.matches(path) || atTop.matches(path);
  }
}
