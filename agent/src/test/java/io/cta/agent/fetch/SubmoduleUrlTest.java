package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses of submodules are meant from that of their repository. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SubmoduleUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://h/team/app.git,../lib.git,https://h/team/lib.git",
    "https://h/team/app.git/,../lib.git,https://h/team/lib.git",
    "https://h/team/app,../../other/lib,https://h/other/lib",
    "https://h/team/app,../../../lib,",
    "https://h:1/team/app,./sub,https://h:1/team/app/sub",
    "https://h/a,../,",
    "git@h:team/app,../lib,git@h:team/lib",
    "git@h:app,../lib,git@h:lib",
    "git@h:app,../../lib,",
    "ssh://git@h/app,../lib,ssh://git@h/lib",
    "/srv/git/app,../lib,/srv/git/lib",
    "/srv/app,../../lib,/lib",
    "/srv/app,../../../lib,",
    "https://h/a,https://x/y,https://x/y",
    "https://h/a,git@x:y,git@x:y"
  })
  void relativeOnesStayOnTheirHost(String base, String url, String expected) {
    assertEquals(expected, SubmoduleUrl.resolve(base, url).orElse(null));
  }
}
