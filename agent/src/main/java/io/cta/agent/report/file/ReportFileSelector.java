package io.cta.agent.report.file;

import io.cta.agent.report.ReportTrouble;
import io.cta.domain.ReportSpec;
import io.cta.domain.Repository;
import io.cta.glob.GlobPattern;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects the report files of a test. The tests of a task share a workspace, so a file counts only
 * for the test that wrote it. Threads that may block.
 */
public final class ReportFileSelector {
  private static final Logger log = LoggerFactory.getLogger(ReportFileSelector.class);

  private final Path workspace;
  private final BooleanSupplier stop;
  private final DeliveredFiles delivered;
  private final WalkLimits limits;
  private Map<Path, FileStamp> before = Map.of();

  /**
   * @param inputs what was put into the workspace before
   * @param stop asked during the search; once it returns true, the search ends by an exception
   */
  public ReportFileSelector(Path workspace, List<Repository> inputs, BooleanSupplier stop) {
    this(workspace, inputs, stop, WalkLimits.DEFAULT);
  }

  ReportFileSelector(
      Path workspace, List<Repository> inputs, BooleanSupplier stop, WalkLimits limits) {
    this.workspace = workspace;
    this.stop = stop;
    this.delivered = new DeliveredFiles(workspace, inputs);
    this.limits = limits;
  }

  /** Notes which files are there before a test begins. */
  public void before(ReportSpec report) throws IOException {
    before = new HashMap<>();
    WorkspaceWalk walk = walk();
    if (walk == null) {
      return;
    }
    for (List<String> globs : report.globs().values()) {
      for (String glob : globs) {
        for (Path file : walk.find(GlobPattern.of(glob)).values()) {
          FileStamp stamp = stamp(file);
          if (stamp != null) {
            before.put(file, stamp);
          }
        }
      }
    }
  }

  /** The files that were written since. Each glob must have one; a file is read once. */
  public ReportSelection select(ReportSpec report) throws IOException {
    List<ReportFile> files = new ArrayList<>();
    List<ReportTrouble> troubles = new ArrayList<>();
    Set<Path> taken = new HashSet<>();
    WorkspaceWalk walk = walk();
    for (Map.Entry<String, List<String>> entry : report.globs().entrySet()) {
      for (String glob : entry.getValue()) {
        GlobPattern pattern = GlobPattern.of(glob);
        SortedMap<String, Path> found = walk == null ? new TreeMap<>() : walk.find(pattern);
        List<ReportFile> fresh = fresh(entry.getKey(), pattern, found);
        int told = troubles.size();
        if (walk != null) {
          troubles.addAll(hidden(pattern, walk, !fresh.isEmpty()));
        }
        if (fresh.isEmpty() && troubles.size() == told) {
          troubles.add(none(pattern, found));
        }
        fresh.stream().filter(file -> taken.add(file.path())).forEach(files::add);
      }
    }
    return new ReportSelection(files, troubles);
  }

  private List<ReportFile> fresh(String key, GlobPattern pattern, Map<String, Path> found)
      throws IOException {
    List<ReportFile> out = new ArrayList<>();
    for (Map.Entry<String, Path> file : found.entrySet()) {
      FileStamp stamp = stamp(file.getValue());
      boolean stale = stamp == null || stamp.equals(before.get(file.getValue()));
      boolean meant =
          stamp != null
              && file.getKey().equals(pattern.exactPath())
              && delivered.has(file.getKey(), stamp);
      if (!stale || meant) {
        out.add(new ReportFile(key, file.getKey(), file.getValue()));
      } else {
        log.info("a report is older than the test and not read [file: {}]", file.getKey());
      }
    }
    return out;
  }

  private static ReportTrouble none(GlobPattern pattern, SortedMap<String, Path> found) {
    return found.isEmpty()
        ? new ReportTrouble(ReportTrouble.MISSING, "no file matches " + pattern)
        : new ReportTrouble(
            ReportTrouble.STALE,
            "what matches " + pattern + " is older than the test: " + found.firstKey());
  }

  /**
   * The troubles that may hide a failure, whatever was found. Links to directories elsewhere are
   * common beside reports, so they count only when nothing was found.
   */
  private static List<ReportTrouble> hidden(
      GlobPattern pattern, WorkspaceWalk walk, boolean found) {
    List<String> links = new ArrayList<>(walk.leavingFiles());
    links.addAll(found ? List.of() : walk.leavingDirectories());
    List<ReportTrouble> out = new ArrayList<>();
    if (!links.isEmpty()) {
      String text = "a link that matches " + pattern + " leads out of the workspace: ";
      out.add(new ReportTrouble(ReportTrouble.UNREADABLE, text + String.join(", ", links)));
    }
    if (walk.isFull()) {
      String text = "too many files to look at for " + pattern;
      out.add(new ReportTrouble(ReportTrouble.UNREADABLE, text));
    }
    return out;
  }

  private WorkspaceWalk walk() throws IOException {
    try {
      return new WorkspaceWalk(workspace, stop, limits);
    } catch (NoSuchFileException e) {
      // the test has removed its workspace
      return null;
    }
  }

  private static FileStamp stamp(Path file) {
    try {
      return FileStamp.of(file);
    } catch (IOException gone) {
      return null;
    }
  }
}
