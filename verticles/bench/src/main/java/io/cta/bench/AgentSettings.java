package io.cta.bench;

import java.util.List;

/**
 * What a simulated agent is like.
 *
 * @param cases statuses that it reports for each test
 */
record AgentSettings(String name, int slots, List<String> labels, int cases) {
  static AgentSettings of(String name, int slots) {
    return new AgentSettings(name, slots, List.of(), 1);
  }

  AgentSettings labelled(String label) {
    return new AgentSettings(name, slots, List.of(label), cases);
  }

  AgentSettings reporting(int statuses) {
    return new AgentSettings(name, slots, labels, statuses);
  }
}
