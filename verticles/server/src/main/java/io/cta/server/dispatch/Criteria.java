package io.cta.server.dispatch;

import io.cta.domain.Configuration;
import java.util.List;
import java.util.Map;

/** What a configuration asks of a machine, apart from how it is used; equal ones share a pool. */
public record Criteria(
    List<String> machines,
    List<String> groups,
    List<String> labels,
    Map<String, List<String>> match) {
  public static Criteria of(Configuration c) {
    return new Criteria(c.machines(), c.groups(), c.labels(), c.match());
  }
}
