package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose failure it is, by the words of git and ssh. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class GitFailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "error: Server does not allow request for unadvertised object 1234|REFUSED",
        "fatal: remote error: upload-pack: not our ref 1234|REFUSED",
        "fatal: couldn't find remote ref nope|REFUSED",
        "fatal: dumb http transport does not support shallow capabilities|REFUSED",
        "Host key verification failed. fatal: Could not read from remote repository.|HOST_KEY",
        "fatal: Authentication failed for 'https://h/a'|DENIED",
        "fatal: could not read Username for 'https://h': terminal prompts disabled|DENIED",
        "git@h: Permission denied (publickey). fatal: Could not read from remote|DENIED",
        "fatal: unable to access 'https://h/a/': The requested URL returned error: 403|DENIED",
        "fatal: repository 'https://h/a/' not found|ABSENT",
        "fatal: '/srv/none' does not appear to be a git repository|ABSENT",
        "fatal: transport 'ext' not allowed|FORBIDDEN",
        "fatal: unable to access 'https://h/a/': Could not resolve host: h|REMOTE",
        "ssh: connect to host h port 22: Connection refused|REMOTE",
        "fatal: unable to access 'http://h/': The requested URL returned error: 502|REMOTE",
        "error: RPC failed; curl 28 Operation too slow|REMOTE",
        "fatal: early EOF|REMOTE",
        "fatal: Unable to create '/c/shallow.lock': File exists.|LOCAL",
        "error: index file ./objects/pack/x.idx is too small|LOCAL",
        "error: inflate: data stream error (unknown compression method)|LOCAL",
        "|LOCAL"
      })
  void itIsKnownByTheWords(String output, GitFailure.Kind kind) {
    assertEquals(kind, GitFailure.kind(output == null ? "" : output));
  }
}
