package io.cta.server.registration;

import io.cta.domain.Machine;
import io.cta.message.MachineHello;
import java.util.ArrayList;
import java.util.List;

/** Decides a machine's name when its agent asks for another one than before. Pure. */
final class MachineNaming {
  private MachineNaming() {}

  /**
   * The name to try: the agent's if it differs from the one it asked for last time or if that one
   * was refused; else the machine's own.
   */
  static String next(Machine known, MachineHello hello) {
    if (hello.name() == null || known.agentName() == null) {
      return known.name();
    }
    String asked = HelloMapper.name(hello);
    return asked.equals(known.agentName()) && !isRefused(known) ? known.name() : asked;
  }

  /**
   * The document with the machine's old name and a notice that says why.
   *
   * @param known the machine as it was
   * @param renamed the document that could not be stored because another machine has its name
   */
  static Machine refused(Machine known, Machine renamed) {
    Machine kept = new MachineEdit(renamed).name(known.name()).done();
    List<String> notices = new ArrayList<>(without(renamed.notices(), notice(known)));
    notices.add(notice(kept));
    return new MachineEdit(kept).notices(notices).done();
  }

  /** The machine's notice about its name, if it still applies. */
  static List<String> current(Machine machine) {
    return isRefused(machine) ? List.of(notice(machine)) : List.of();
  }

  private static boolean isRefused(Machine machine) {
    return machine.agentName() != null && machine.notices().contains(notice(machine));
  }

  private static List<String> without(List<String> notices, String one) {
    return notices.stream().filter(notice -> !notice.equals(one)).toList();
  }

  private static String notice(Machine machine) {
    return "its agent asks for the name "
        + machine.agentName()
        + ", which another machine has: it is still called "
        + machine.name();
  }
}
