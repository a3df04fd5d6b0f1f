package io.cta.server.view.live;

import io.cta.domain.Task;
import io.cta.server.view.OutwardView;
import java.util.Collection;
import java.util.List;

/**
 * What a machine does right now.
 *
 * @param load -1 while unknown, like {@code diskFree}
 */
public record MachineActivityView(
    String machineId, double load, long diskFree, boolean leaving, List<ActiveTaskView> tasks)
    implements OutwardView {
  public static MachineActivityView of(
      String machineId, double load, long diskFree, boolean leaving, Collection<Task> tasks) {
    return new MachineActivityView(
        machineId, load, diskFree, leaving, tasks.stream().map(ActiveTaskView::of).toList());
  }
}
