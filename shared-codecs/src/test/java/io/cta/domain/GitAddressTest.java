package io.cta.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as git reads them. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class GitAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://git.example.org/team/app.git,https,https://git.example.org",
    "HTTPS://Git.Example.org:8443/a,https,https://git.example.org:8443",
    "http://h/a,http,http://h",
    "ssh://git@h:2222/a,ssh,ssh://h:2222",
    "git@h:team/app.git,ssh,ssh://h",
    "h:app,ssh,ssh://h",
    "ssh://git@[::1]:22/a,ssh,ssh://[::1]:22",
    "git://h/a,git,git://h",
    "file:///srv/a.git,file,''",
    "/srv/a.git,file,''",
    "C:/repos/a,file,''"
  })
  void itsTransportAndOriginAreKnown(String text, String scheme, String origin) {
    GitAddress address = GitAddress.parse(text).orElseThrow();
    assertEquals(scheme, address.scheme());
    assertEquals(origin, address.origin());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext::sh -c touch% x",
        "fd::7",
        "h::x",
        "-h:x",
        "--upload-pack=x",
        "ssh://-oProxyCommand=x/a",
        "ssh://-x@h/a",
        "-x@h:a",
        "h:-x",
        "https://h:99999/a",
        "https://h\n/a",
        "ftp://h/a",
        "git+ssh://h/a",
        "file://host",
        "relative",
        "../up",
        ""
      })
  void whatGitWouldTakeForSomethingElseIsNone(String text) {
    assertTrue(GitAddress.parse(text).isEmpty(), text);
  }

  @Test
  void aPasswordIsNoPartOfItsText() {
    GitAddress address = GitAddress.parse("https://me:hunter2@h:1/a").orElseThrow();
    assertEquals("https://me@h:1/a", address.toString());
    assertEquals("hunter2", address.password());
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a,https://H:443/b,true",
    "https://h/a,http://h/a,false",
    "https://h/a,https://h:8443/a,false",
    "https://h/a,https://h.example.org/a,false",
    "git@h:a,ssh://other@h:22/b,true",
    "/a,/b,true"
  })
  void credentialsAreForOneSchemeHostAndPort(String one, String other, boolean same) {
    assertEquals(
        same,
        GitAddress.parse(one).orElseThrow().hasOriginOf(GitAddress.parse(other).orElseThrow()));
    assertFalse(GitAddress.parse(one).orElseThrow().text().isEmpty());
  }
}
