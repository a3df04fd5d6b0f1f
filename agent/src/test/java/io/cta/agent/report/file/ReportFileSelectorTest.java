package io.cta.agent.report.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.report.ReportTrouble;
import io.cta.domain.ReportSpec;
import io.cta.domain.Repository;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a workspace are a test's reports. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReportFileSelectorTest {
  @TempDir Path dir;
  private Path workspace;
  private ReportFileSelector files;

  @BeforeEach
  void workspace() throws IOException {
    workspace = Files.createDirectory(dir.resolve("work"));
    files = new ReportFileSelector(workspace, List.of(), () -> false);
  }

  @Test
  void filesAreFoundAtEveryDepthInTheOrderOfTheirNames() throws IOException {
    write("r/b.xml", "r/a.xml", "r/x/y/c.xml", "r/d.txt", "s/e.xml");
    assertEquals(List.of("r/a.xml", "r/b.xml", "r/x/y/c.xml"), found("r/**/*.xml"));
    assertEquals(
        List.of("r/x/y/c.xml", "s/e.xml"), found("{s,r/x}/**/*.xml").stream().sorted().toList());
    assertEquals(List.of("r/a.xml"), found("./r/a.xml"));
  }

  @Test
  void aFileOfTwoGlobsIsReadOnce() throws IOException {
    write("r/a.xml", "r/b.xml");
    assertEquals(List.of("r/a.xml", "r/b.xml"), found("r/a.xml", "r/*.xml"));
  }

  @Test
  void aGlobThatFindsNothingIsATrouble() throws IOException {
    write("r/a.xml");
    ReportSelection selection = files.select(ReportSpec.ofJunit("r/*.xml", "s/*.xml"));
    assertEquals(1, selection.files().size());
    assertEquals(ReportTrouble.MISSING, selection.troubles().get(0).reason());
    assertTrue(selection.troubles().get(0).message().contains("s/*.xml"));
  }

  @Test
  void whatWasThereBeforeTheTestIsStale() throws IOException {
    write("r/old.xml");
    ReportSpec report = ReportSpec.ofJunit("r/*.xml");
    files.before(report);
    assertEquals(List.of(ReportTrouble.STALE), reasons(report));
    write("r/new.xml");
    assertEquals(List.of("r/new.xml"), found("r/*.xml"));
    assertEquals(List.of(), reasons(report));
  }

  @Test
  void aFileThatIsWrittenAgainIsFreshEvenWithTheSameTimeAndSize() throws IOException {
    Path file = write("r/a.xml");
    FileTime time = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, time);
    files.before(ReportSpec.ofJunit("r/*.xml"));
    Files.delete(file);
    Files.setLastModifiedTime(write("r/a.xml"), time);
    assertEquals(List.of("r/a.xml"), found("r/*.xml"));
  }

  @Test
  void aFileMovedOverAReportIsFresh() throws IOException {
    write("r/a.xml", "kept.xml");
    files.before(ReportSpec.ofJunit("r/*.xml"));
    Files.delete(workspace.resolve("r/a.xml"));
    Files.move(workspace.resolve("kept.xml"), workspace.resolve("r/a.xml"));
    assertEquals(List.of("r/a.xml"), found("r/*.xml"));
  }

  @Test
  void aFileThatAnInputBroughtIsReadWhenItIsNamed() throws IOException {
    Path source = Files.writeString(dir.resolve("brought.xml"), "x");
    Files.createDirectory(workspace.resolve("in"));
    Files.copy(source, workspace.resolve("in/brought.xml"));
    Repository input =
        new Repository(null, "local", null, null, source.toString(), null, null, "in");
    files = new ReportFileSelector(workspace, List.of(input), () -> false);
    ReportSpec named = ReportSpec.ofJunit("./in/brought.xml");
    files.before(named);
    assertEquals(List.of("in/brought.xml"), found("in/brought.xml"));
    assertEquals(List.of(ReportTrouble.STALE), reasons(ReportSpec.ofJunit("in/*.xml")));
    // a file that another test wrote there is not the one that the input brought
    Files.writeString(workspace.resolve("in/brought.xml"), "another");
    files.before(named);
    assertEquals(List.of(ReportTrouble.STALE), reasons(named));
  }

  @Test
  void linksWithinTheWorkspaceAreFollowedOnce() throws IOException {
    write("real/a.xml", "real/deep/b.xml");
    link("reports", workspace.resolve("real"));
    link("real/loop", workspace);
    link("real/self", workspace.resolve("real"));
    link("one.xml", workspace.resolve("real/a.xml"));
    assertEquals(List.of("reports/a.xml"), found("reports/*.xml"));
    assertEquals(List.of("one.xml"), found("*.xml"));
    assertEquals(2, found("**/*.xml").size());
  }

  @Test
  void manyLinksToEachOtherTakeNoTime() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("d" + i + "/f.txt");
    }
    for (int i = 0; i < 39; i++) {
      link("d" + i + "/a", workspace.resolve("d" + (i + 1)));
      link("d" + i + "/b", workspace.resolve("d" + (i + 1)));
    }
    write("d39/a.xml");
    assertEquals(1, found("**/*.xml").size());
    assertEquals(1, found("d0/**/*.xml").size());
  }

  @Test
  void linksOutOfTheWorkspaceAreRefusedByName() throws IOException {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Files.writeString(outside.resolve("a.xml"), "x");
    link("reports", outside);
    link("one.xml", outside.resolve("a.xml"));
    for (String glob : List.of("reports/*.xml", "one.xml", "o*.xml", "r*/**/*.xml")) {
      ReportTrouble trouble = files.select(ReportSpec.ofJunit(glob)).troubles().get(0);
      assertEquals(ReportTrouble.UNREADABLE, trouble.reason());
      assertTrue(trouble.message().matches(".*: (reports|one\\.xml)"), trouble.message());
    }
    write("real.xml", "re/real.xml");
    assertEquals(List.of(), reasons(ReportSpec.ofJunit("r*/**/*.xml")));
    assertEquals(List.of(ReportTrouble.UNREADABLE), reasons(ReportSpec.ofJunit("*.xml")));
  }

  @Test
  void tooManyFilesAreATrouble() throws IOException {
    write("a.xml", "b.xml", "c.xml");
    files = new ReportFileSelector(workspace, List.of(), () -> false, new WalkLimits(2, 100, 1));
    ReportSelection selection = files.select(ReportSpec.ofJunit("*.xml"));
    assertEquals(2, selection.files().size());
    assertEquals(ReportTrouble.UNREADABLE, selection.troubles().get(0).reason());
  }

  @Test
  void aStopEndsTheSearch() throws IOException {
    write("a.xml");
    files = new ReportFileSelector(workspace, List.of(), () -> true);
    assertThrows(InterruptedIOException.class, () -> files.select(ReportSpec.ofJunit("*.xml")));
  }

  @Test
  void aWorkspaceThatIsGoneHasNoReports() throws IOException {
    ReportSpec report = ReportSpec.ofJunit("*.xml");
    Files.delete(workspace);
    files.before(report);
    assertEquals(List.of(ReportTrouble.MISSING), reasons(report));
  }

  private List<String> found(String... globs) throws IOException {
    ReportSelection selection = files.select(ReportSpec.ofJunit(globs));
    return selection.files().stream().map(ReportFile::name).toList();
  }

  private List<String> reasons(ReportSpec report) throws IOException {
    return files.select(report).troubles().stream().map(ReportTrouble::reason).toList();
  }

  private Path write(String... names) throws IOException {
    Path file = null;
    for (String name : names) {
      file = workspace.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }
    return file;
  }

  private void link(String name, Path to) throws IOException {
    Files.createSymbolicLink(workspace.resolve(name), to);
  }
}
