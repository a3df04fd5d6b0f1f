package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.disk.DiskLowFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives are unpacked as they were meant, or not at all. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ArchiveTest {
  private static final ArchiveLimits LIMITS = new ArchiveLimits(100_000, 60_000, 50, 5);

  @TempDir Path dir;
  private ArchiveFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ArchiveFixture(dir, LIMITS);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void whatWouldTakeTheReserveOfTheDiskIsNotUnpacked() throws Exception {
    FetchSettings full =
        FetchSettingsBuilder.builder(FetchSettings.defaults(dir)).minFreeBytes(1L << 62).build();
    Path archive = Files.write(dir.resolve("a.tar"), new TarBuilder().file("x", "x").tar());
    Path to = Files.createDirectories(dir.resolve("to"));
    DiskLowFailure failure =
        assertThrows(
            DiskLowFailure.class, () -> new ArchiveExtractor(full).extract("a.tar", archive, to));
    assertTrue(failure.getMessage().contains("free"), failure.getMessage());
    assertEquals(0, Files.size(to.resolve("x")), "no byte was written");
  }

  @Test
  void aTreeLikeThatOfAJdkKeepsItsLinksAndModes() throws Exception {
    byte[] tar =
        new TarBuilder()
            .directory("jdk/")
            .file("jdk/v2/bin/java", "java", 0755)
            .link("jdk/current", "v2")
            .link("jdk/v2/lib", "../share/lib")
            .file("jdk/share/lib/x", "x")
            .link("java", "jdk/current/bin/java")
            .hardLink("jdk/v2/bin/javac", "jdk/v2/bin/java")
            .file("setuid", "s", 04755)
            .tarGz();
    for (String name : new String[] {"a.tar.gz", "a.tgz"}) {
      Path to = fixture.unpack(name, tar, name + ".d");
      assertEquals("java", Files.readString(to.resolve("java")));
      assertEquals(Path.of("v2"), Files.readSymbolicLink(to.resolve("jdk/current")));
      assertEquals("x", Files.readString(to.resolve("jdk/v2/lib/x")));
      assertTrue(Files.isExecutable(to.resolve("jdk/v2/bin/java")));
      assertEquals("rwxr-xr-x", mode(to.resolve("setuid")));
      assertTrue(Files.isSameFile(to.resolve("jdk/v2/bin/java"), to.resolve("jdk/v2/bin/javac")));
    }
  }

  @Test
  void aZipKeepsModesAndLinks() throws Exception {
    byte[] zip =
        new ZipBuilder()
            .file("bin/run", "run", 04755)
            .file("plain", "p", 0644)
            .link("latest", "bin")
            .storedWithDescriptor("stored", "PK\u0007\u0008 is not the end")
            .build();
    Path to = fixture.unpack("a.zip", zip, "z");
    assertEquals("run", Files.readString(to.resolve("latest/run")));
    assertEquals("rwxr-xr-x", mode(to.resolve("bin/run")));
    assertEquals("rw-r--r--", mode(to.resolve("plain")));
    assertEquals("PK\u0007\u0008 is not the end", Files.readString(to.resolve("stored")));
  }

  @Test
  void aZip64IsRead() throws Exception {
    Path to = fixture.unpack("a.zip", new ZipBuilder().file("a", "b").zip64().build(), "z");
    assertEquals("b", Files.readString(to.resolve("a")));
  }

  @Test
  void namesOfOldZipsAreRead() throws Exception {
    byte[] old =
        new ZipBuilder().names(Charset.forName("IBM437")).file("pr\u00fcfung", "x").build();
    assertEquals("x", Files.readString(fixture.unpack("o.zip", old, "o").resolve("prüfung")));
    byte[] now = new ZipBuilder().file("测试", "y").build();
    assertEquals("y", Files.readString(fixture.unpack("n.zip", now, "n").resolve("测试")));
  }

  @Test
  void aPlainTarIsUnpackedAndALaterEntryOfItCounts() throws Exception {
    byte[] tar = new TarBuilder().file("a", "old").link("l", "a").file("a", "new").tar();
    Path to = fixture.unpack("a.tar", tar, "t");
    assertEquals("new", Files.readString(to.resolve("a")));
    assertFalse(Files.exists(to.resolve("a.tar")));
  }

  @Test
  void longNamesOfPaxAndGnuAreRead() throws Exception {
    String name = "n".repeat(150);
    byte[] tar =
        new TarBuilder()
            .entry("x", 'x', "160 path=" + name + "\n", "", 0644)
            .file("short", "pax")
            .entry("././@LongLink", 'L', "g" + name + "\0", "", 0644)
            .file("short", "gnu")
            .entry("pax_global_header", 'g', "14 comment=abc\n", "", 0644)
            .tar();
    Path to = fixture.unpack("a.tar", tar, "t");
    assertEquals("pax", Files.readString(to.resolve(name)));
    assertEquals("gnu", Files.readString(to.resolve("g" + name)));
  }

  @ParameterizedTest
  @CsvSource({
    "l,/etc/passwd",
    "l,../x",
    "l,a/../../x",
    "a/l,../../x",
    "l,C:/x",
    "l,a\\..\\x",
    "l,..",
    "a/b/l,../../../../../../../../../../etc/passwd"
  })
  void aLinkThatLeavesRefusesTheWholeArchiveByName(String name, String target) throws Exception {
    byte[] tar = new TarBuilder().file("before", "x").link(name, target).tarGz();
    String said = fixture.refused("a.tar.gz", tar);
    assertTrue(said.contains("the entry " + name + " is a link that leaves"), said);
    byte[] zip = new ZipBuilder().file("before", "x").link(name, target).build();
    assertTrue(fixture.refused("a.zip", zip).contains("the entry " + name), said);
  }

  @Test
  void aLinkThatLeavesByAnotherLinkIsRefused() throws Exception {
    // each of them is inside by its name alone
    byte[] tar =
        new TarBuilder()
            .directory("a/b/c/")
            .link("deep", "a/b/c")
            .link("out", "deep/../../../../x")
            .tar();
    assertTrue(fixture.refused("a.tar", tar).contains("the entry out"));
    byte[] loop = new TarBuilder().link("a", "b").link("b", "a").tar();
    assertTrue(fixture.refused("a.tar", loop).contains("is a link that leaves"));
  }

  @Test
  void nothingIsWrittenThroughALinkOfTheArchive() throws Exception {
    Path outside = Files.createDirectories(dir.resolve("outside"));
    byte[] tar = new TarBuilder().link("l", outside.toString()).file("l/x", "x").tar();
    assertTrue(fixture.refused("a.tar", tar).contains("the entry l is a link"));
    byte[] inner = new TarBuilder().directory("d/").link("l", "d").file("l/x", "x").tar();
    assertTrue(fixture.refused("a.tar", inner).contains("through a link"));
    byte[] zip = new ZipBuilder().file("d/x", "x").link("l", "d").file("l/x", "x").build();
    assertTrue(fixture.refused("a.zip", zip).contains("through a link"));
    byte[] replaced = new TarBuilder().file("a", "a").link("l", "a").file("l", "own").tar();
    Path to = fixture.unpack("r.tar", replaced, "r");
    assertEquals("a", Files.readString(to.resolve("a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../x", "none", "l/x", "d"})
  void aHardLinkIsAnotherNameOfAFileOfTheArchiveOnly(String target) throws Exception {
    byte[] tar =
        new TarBuilder().directory("d/").file("x", "x").link("l", ".").hardLink("h", target).tar();
    fixture.refused("a.tar", tar);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\b", "a\nb", "../x", "a/../../x", "/x", "C:/x", "1/2/3/4/5/6"})
  void aNameThatMeansSomethingElseIsRefused(String name) throws Exception {
    fixture.refused("a.zip", new ZipBuilder().file(name, "x").build());
    fixture.refused("a.tar", new TarBuilder().file(name, "x").tar());
  }

  @ParameterizedTest
  @ValueSource(chars = {'3', '4', '6', 'S', 'M', 'V', 'Z'})
  void whatCannotBeUnpackedAsItIsIsRefused(char type) throws Exception {
    byte[] tar = new TarBuilder().entry("dev", type, "", "", 0644).tar();
    assertTrue(fixture.refused("a.tar", tar).contains("the entry dev"));
  }

  @Test
  void anEntryThatIsThereTwiceRefusesTheZip() throws Exception {
    byte[] zip = new ZipBuilder().file("a", "1").file("a", "2").build();
    assertTrue(fixture.refused("a.zip", zip).contains("twice"));
  }

  @Test
  void bytesAreCountedAsTheyAreWritten() throws Exception {
    byte[] zeros = new byte[70_000];
    assertTrue(
        fixture
            .refused("a.zip", new ZipBuilder().lying("a", zeros, 10).build())
            .contains("more bytes than it says"));
    assertTrue(
        fixture
            .refused("a.zip", new ZipBuilder().lying("a", zeros, 70_000).build())
            .contains("too large"));
    assertTrue(
        fixture
            .refused("a.zip", new ZipBuilder().lying("a", new byte[10], 500).build())
            .contains("fewer bytes"));
    String half = "0".repeat(50_001);
    byte[] tar = new TarBuilder().file("a", half).file("b", half).tarGz();
    assertTrue(fixture.refused("a.tgz", tar).contains("too large"));
  }

  @Test
  void entriesThatShareTheirBytesAreRefused() throws Exception {
    ZipBuilder zip = new ZipBuilder().storedWithDescriptor("a", "0".repeat(5000));
    for (int i = 0; i < 10; i++) {
      zip.again("a" + i);
    }
    assertTrue(fixture.refused("a.zip", zip.build()).contains("overlap"));
  }

  @Test
  void manyEntriesAreRefused() throws Exception {
    ZipBuilder zip = new ZipBuilder();
    TarBuilder tar = new TarBuilder();
    for (int i = 0; i < 51; i++) {
      zip.file("f" + i, "");
      tar.file("f" + i, "");
    }
    assertTrue(fixture.refused("a.zip", zip.build()).contains("more than 50 entries"));
    assertTrue(fixture.refused("a.tar", tar.tar()).contains("more than 50 entries"));
  }

  @Test
  void whatIsCutOffOrDamagedIsRefused() throws Exception {
    byte[] tar = new TarBuilder().file("a", "x".repeat(2000)).tarGz();
    assertTrue(fixture.refused("a.tgz", Arrays.copyOf(tar, tar.length - 9)).contains("damaged"));
    byte[] plain = new TarBuilder().file("a", "x").tar();
    assertTrue(fixture.refused("a.tar", Arrays.copyOf(plain, 1024)).contains("cut off"));
    byte[] zip = new ZipBuilder().storedWithDescriptor("a", "x".repeat(50)).build();
    zip[50] ^= 1;
    assertTrue(fixture.refused("a.zip", zip).contains("damaged"));
    assertTrue(fixture.refused("a.zip", Arrays.copyOf(zip, 60)).contains("damaged"));
    assertTrue(fixture.refused("a.zip", new byte[0]).contains("damaged"));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
