package io.cta.agent.process;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * On Linux a tree is the session of its first process and whoever has the owner in the environment:
 * a process that made a session of its own is found too.
 */
final class LinuxProcessTree implements ProcessTree {
  private static final int ROUNDS = 100;
  private static final long PAUSE_NANOS = 20_000_000;

  /** For so long a supervisor is asked: it alone knows who left the session. */
  private static final int ROUNDS_ASKED = 60;

  private final long session;
  private final ProcessOwner processOwner;
  private final long since;

  /**
   * @param owner null to leave out who left the session
   */
  LinuxProcessTree(long session, ProcessOwner processOwner) {
    this.session = session;
    this.processOwner = processOwner;
    this.since = ProcFs.of(session).map(ProcFs.Entry::started).orElse(0L);
  }

  @Override
  public boolean alive() {
    return !members().isEmpty();
  }

  @Override
  public void terminate() {
    members().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
  }

  @Override
  public void kill() {
    // a process may fork while the table is read: again, until a reading finds nothing
    for (int round = 0; round < ROUNDS; round++) {
      List<Long> members = members();
      if (members.isEmpty()) {
        return;
      }
      boolean asking = ProcessSupervisor.available() && round < ROUNDS_ASKED;
      members.forEach(pid -> end(pid, asking));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void end(long pid, boolean asking) {
    ProcessHandle.of(pid)
        .ifPresent(
            process -> {
              if (asking && pid == session) {
                process.destroy();
              } else {
                process.destroyForcibly();
              }
            });
  }

  /**
   * Who forks and ends while the table is read is no longer in that reading, and its child not yet:
   * the child is in the next one.
   */
  private List<Long> members() {
    List<Long> found = reading();
    return found.isEmpty() ? reading() : found;
  }

  private List<Long> reading() {
    return ProcFs.all().stream()
        .filter(ProcFs.Entry::running)
        .filter(entry -> entry.started() >= since)
        .filter(entry -> belongs(entry))
        .map(ProcFs.Entry::pid)
        .toList();
  }

  private boolean belongs(ProcFs.Entry entry) {
    boolean inSession = SessionLauncher.grouped() && session > 1 && entry.session() == session;
    return inSession
        || leads(entry)
        || processOwner != null && ProcFs.owned(entry.pid(), processOwner);
  }

  /** For a moment after its start the leader has neither its session nor its environment yet. */
  private boolean leads(ProcFs.Entry entry) {
    return entry.pid() == session && session > 1 && entry.started() == since;
  }
}
