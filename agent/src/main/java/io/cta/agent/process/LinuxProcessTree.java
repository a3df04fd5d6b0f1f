package io.cta.agent.process;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The process tree on Linux: the session of the first process, and every process with the owner in
 * its environment. So a process that made a session of its own is found, too.
 */
final class LinuxProcessTree implements ProcessTree {
  private static final int MAX_ROUNDS = 100;
  private static final long PAUSE_NANOS = 20_000_000;

  /** In these first rounds a supervisor gets TERM, not KILL: only it knows who left the session. */
  private static final int TERM_ROUNDS = 60;

  private final long session;
  private final ProcessOwner processOwner;
  private final long since;

  /**
   * @param processOwner null to leave out processes that left the session
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
    // a process may fork while the table is read: repeat until a scan finds nothing
    for (int round = 0; round < MAX_ROUNDS; round++) {
      List<Long> members = members();
      if (members.isEmpty()) {
        return;
      }
      boolean withTerm = ProcessSupervisor.available() && round < TERM_ROUNDS;
      members.forEach(pid -> end(pid, withTerm));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void end(long pid, boolean withTerm) {
    ProcessHandle.of(pid)
        .ifPresent(
            process -> {
              if (withTerm && pid == session) {
                process.destroy();
              } else {
                process.destroyForcibly();
              }
            });
  }

  /**
   * Scans again before it finds nothing: a process that forks and ends during a scan may be missing
   * in it together with its child, but the child is in the next scan.
   */
  private List<Long> members() {
    List<Long> found = scan();
    return found.isEmpty() ? scan() : found;
  }

  private List<Long> scan() {
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

  /**
   * Whether it is the leader, which for a moment after its start has neither its session nor its
   * environment yet.
   */
  private boolean leads(ProcFs.Entry entry) {
    return entry.pid() == session && session > 1 && entry.started() == since;
  }
}
