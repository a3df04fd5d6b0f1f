package io.cta.agent.fetch;

import static io.cta.agent.fetch.GitBench.filesWith;
import static io.cta.agent.fetch.GitBench.git;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.RepositoryBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Repositories come by ssh from a server that is known, with the key that an input names. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GitSshTest {
  @TempDir Path dir;
  private GitRepository repository;
  private SshServer server;
  private GitBench bench;

  @BeforeEach
  void start() throws Exception {
    RequiredProgram.assume(SshServer.available(), "openssh-server");
    repository = GitRepository.at(dir.resolve("served/app"));
    repository.commit("file", "one");
    server = SshServer.start(dir.resolve("sshd"));
    bench = new GitBench(dir.resolve("ben'ch with blanks")).secret("key", server.userKey());
    // the machine's own keys and hosts must not count
    bench.commands(new PlainCommandRunner().with("HOME", dir.toString()));
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void aKnownServerGivesItForTheKeyAndNoFileKeepsThat() throws Exception {
    GitBench.Fetched fetched = bench.fetch(input(server.hostKey()).build());
    assertEquals("one", fetched.text("file"));
    String part = server.userKey().lines().skip(1).findFirst().orElseThrow();
    assertEquals(0, filesWith(part, bench.cache));
    assertEquals(0, filesWith(part, fetched.workspace()));
    assertFalse(bench.commands().commands.toString().contains(part));
    try (Stream<Path> left = Files.list(bench.keys)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aKeyWithoutTheEndOfItsLastLineOrWithThoseOfWindowsIsTaken() throws Exception {
    bench.secret("key", server.userKey().strip().replace("\n", "\r\n"));
    assertEquals("one", bench.fetch(input(server.hostKey()).build()).text("file"));
  }

  @Test
  void aServerThatNobodyKnowsIsRefusedWithHostAndFingerprint() throws Exception {
    FetchFailed failed = bench.fails(input().build());
    assertTrue(failed.getMessage().contains("host 127.0.0.1"), failed.getMessage());
    assertTrue(failed.getMessage().contains(server.fingerprint()), failed.getMessage());
    assertTrue(failed.getMessage().contains("does not know"), failed.getMessage());
    assertEquals(List.of(), bench.commands().pauses);
  }

  @Test
  void aServerWithAnotherKeyIsRefusedWithHostAndFingerprint() throws Exception {
    FetchFailed failed = bench.fails(input(server.wrongHostKey()).build());
    assertTrue(failed.getMessage().contains("host 127.0.0.1"), failed.getMessage());
    assertTrue(failed.getMessage().contains(server.fingerprint()), failed.getMessage());
    assertTrue(failed.getMessage().contains("\"hostKeys\""), failed.getMessage());
    assertFalse(failed.isInfrastructure());
    assertEquals(List.of(), bench.commands().pauses);
  }

  @Test
  void theHostsThatTheMachineKnowsCountOnlyWithoutHostKeys() throws Exception {
    // ssh asks the system for the home, not the variable
    Path known = Files.createDirectories(dir.resolve("elsewhere")).resolve("known_hosts");
    Files.writeString(known, server.hostKey() + "\n");
    Path config = dir.resolve("ssh_config");
    Files.writeString(config, "UserKnownHostsFile " + known + "\n");
    Path program = dir.resolve("bin/ssh");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\nexec /usr/bin/ssh -F " + config + " \"$@\"\n");
    assertTrue(program.toFile().setExecutable(true));
    String path = program.getParent() + ":" + System.getenv("PATH");
    bench.commands(new PlainCommandRunner().with("PATH", path));
    assertEquals("one", bench.fetch(input().build()).text("file"));
    bench.fails(input(server.wrongHostKey()).build());
  }

  @Test
  void aKeyThatIsNotLetInIsSaid() throws Exception {
    FetchFailed failed =
        bench.secret("key", server.otherKey()).fails(input(server.hostKey()).build());
    assertTrue(failed.getMessage().contains("Permission denied"), failed.getMessage());
    assertFalse(failed.isInfrastructure());
  }

  private RepositoryBuilder input(String... hostKeys) {
    return git(server.url(repository.dir())).sshKey("key").hostKeys(List.of(hostKeys));
  }
}
