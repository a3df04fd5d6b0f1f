package io.cta.agent.fetch;

import io.cta.domain.GitAddress;
import io.cta.domain.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Git for one repository elsewhere, with its address, its secrets and the transports that this
 * machine allows. The secrets are in files for ssh, and gone once it is closed. Blocks; one thread.
 */
public final class GitSession implements AutoCloseable {
  private final SshFiles ssh;
  private final GitCommand command;

  private GitSession(SshFiles ssh, GitCommand command) {
    this.ssh = ssh;
    this.command = command;
  }

  /**
   * Opens the repository that an output names.
   *
   * @throws FetchFailed when this machine has no git for it, or does not allow its transport
   */
  public static GitSession open(
      Repository output, InputSecrets secrets, FetchSettings settings, CommandRunner commands)
      throws IOException, FetchFailed, InterruptedException {
    GitAddress address =
        GitAddress.parse(output.url())
            .orElseThrow(() -> new FetchFailed("\"url\" of a git output " + GitAddress.RULE));
    new GitVersion().require(commands, settings.keys().toAbsolutePath().getParent());
    return open(GitAccess.of(output, address, secrets), settings, commands);
  }

  static GitSession open(GitAccess access, FetchSettings settings, CommandRunner commands)
      throws IOException, FetchFailed {
    String scheme = access.address().scheme();
    if (!settings.gitProtocols().contains(scheme)) {
      throw FetchFailed.ofMachine(
          "this machine's agent uses no git by " + scheme + ", see its --git-protocols: " + access);
    }
    SshFiles ssh = SshFiles.of(access, settings.keys());
    List<String> protocols = settings.gitProtocolsFor(scheme);
    return new GitSession(
        ssh, new GitCommand(commands, access, GitEnvironment.of(access, ssh, protocols)));
  }

  GitCommand command() {
    return command;
  }

  /** The address, without secrets. */
  private String address() {
    return command.access().address().text();
  }

  /** Runs git and returns what it wrote. */
  public String run(Path cwd, List<String> arguments)
      throws IOException, GitFailure, InterruptedException {
    return command.run(cwd, arguments);
  }

  /** As {@link #run(Path, List)}; git reads that file. */
  public String run(Path cwd, List<String> arguments, Path input)
      throws IOException, GitFailure, InterruptedException {
    return command.run(cwd, arguments, input);
  }

  /** As {@link #run(Path, List)}. */
  public String run(Path cwd, String... arguments)
      throws IOException, GitFailure, InterruptedException {
    return command.run(cwd, arguments);
  }

  /** Asks the server what a ref is. */
  Optional<RemoteRef> find(String ref) throws IOException, GitFailure, InterruptedException {
    List<String> ask = new ArrayList<>(List.of("ls-remote", "--symref"));
    ask.addAll(command.localOptions());
    ask.addAll(List.of("--", address()));
    ask.addAll(RemoteRef.patterns(ref));
    return RemoteRef.find(ref, command.run(ssh.dir(), ask));
  }

  /**
   * The commit that a branch names, which has 40 or 64 digits; null when there is no such branch.
   *
   * @param branch its whole name, {@code refs/heads/…}
   */
  public String newest(String branch) throws IOException, GitFailure, InterruptedException {
    return find(branch).map(RemoteRef::commit).orElse(null);
  }

  /** Runs git and returns the ids that it wrote, a line each; warnings are left out. */
  public List<String> ids(Path cwd, List<String> arguments)
      throws IOException, GitFailure, InterruptedException {
    return command.run(cwd, arguments).lines().filter(RemoteRef::isCommit).toList();
  }

  /**
   * Makes a bare repository, which knows the address as {@code origin}.
   *
   * @param sha256 whether commits have 64 digits
   */
  public void make(Path repository, boolean sha256)
      throws IOException, GitFailure, InterruptedException {
    command.init(repository, true, sha256);
    command.run(repository, "remote", "add", "origin", address());
  }

  /** Whether git ends with 0. */
  public boolean succeeds(Path cwd, String... arguments) throws IOException, InterruptedException {
    return command.succeeds(cwd, arguments);
  }

  /** What a command that reads from the other side needs before its arguments. */
  public List<String> readOptions() {
    return command.localOptions();
  }

  /** What a command that writes to the other side needs before its arguments. */
  public List<String> writeOptions() {
    return command.localOptions().isEmpty()
        ? List.of()
        : List.of("--receive-pack=git -c 'safe.directory=*' receive-pack");
  }

  @Override
  public void close() throws IOException {
    ssh.close();
  }
}
