package io.cta.server.registration;

import io.cta.domain.Machine;
import io.cta.message.MachineHello;
import java.util.ArrayList;
import java.util.List;

/** What a machine is called when its agent asks for another name than before. Pure. */
final class MachineNaming {
  private MachineNaming() {}

  /**
   * The name to try: that of the agent when it asks for another one than last time, or when the one
   * it asked for was another machine's; else the machine's own.
   */
  static String next(Machine known, MachineHello hello) {
    if (hello.name() == null || known.agentName() == null) {
      return known.name();
    }
    String said = HelloMapper.name(hello);
    return said.equals(known.agentName()) && !isRefused(known) ? known.name() : said;
  }

  /**
   * The document with the machine's own name, and a notice that says why.
   *
   * @param known the machine as it was
   * @param renamed the document that could not be stored, because another machine has its name
   */
  static Machine refused(Machine known, Machine renamed) {
    Machine kept = new MachineEdit(renamed).name(known.name()).done();
    List<String> notices = new ArrayList<>(without(renamed.notices(), notice(known)));
    notices.add(notice(kept));
    return new MachineEdit(kept).notices(notices).done();
  }

  /** What of a machine's notices is about its name and still so. */
  static List<String> standing(Machine machine) {
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
