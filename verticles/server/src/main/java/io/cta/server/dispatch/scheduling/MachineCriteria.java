package io.cta.server.dispatch.scheduling;

import io.cta.domain.Configuration;
import java.util.List;
import java.util.Map;

/** What a configuration asks of a machine, apart from how it is used; equal ones share a pool. */
public record MachineCriteria(
    List<String> machines,
    List<String> groups,
    List<String> labels,
    Map<String, List<String>> match) {
  public static MachineCriteria of(Configuration c) {
    return new MachineCriteria(c.machines(), c.groups(), c.labels(), c.match());
  }
}
