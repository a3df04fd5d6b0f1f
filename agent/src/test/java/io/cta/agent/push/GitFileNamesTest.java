package io.cta.agent.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class GitFileNamesTest {
  @ParameterizedTest
  @CsvSource({
    "a/b.txt, a/b.txt",
    "a/.git/c, a/%2Egit/c",
    ".GIT, %2EGIT",
    "a/.git. ./c, a/%2Egit. ./c",
    "a/GIT~1, a/%47IT~1",
    ".github/x, .github/x",
    ".gitignore, .gitignore"
  })
  void whatSystemsTakeForGitsOwnDirectoryIsEncoded(String name, String inGit) {
    assertEquals(inGit, GitFileNames.of(name));
  }

  @ParameterizedTest
  @CsvSource({"a/b, a/b/", "./a//b/, a/b/", ".,''"})
  void aFolderIsAPrefix(String folder, String prefix) {
    assertEquals(prefix, GitFileNames.folder(folder));
  }
}
