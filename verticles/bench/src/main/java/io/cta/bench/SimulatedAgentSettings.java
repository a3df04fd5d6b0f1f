package io.cta.bench;

import java.util.List;

/**
 * The settings of a simulated agent.
 *
 * @param cases statuses that it reports for each test
 */
record SimulatedAgentSettings(String name, int slots, List<String> labels, int cases) {
  static SimulatedAgentSettings of(String name, int slots) {
    return new SimulatedAgentSettings(name, slots, List.of(), 1);
  }

  SimulatedAgentSettings labelled(String label) {
    return new SimulatedAgentSettings(name, slots, List.of(label), cases);
  }

  SimulatedAgentSettings reporting(int statuses) {
    return new SimulatedAgentSettings(name, slots, labels, statuses);
  }
}
