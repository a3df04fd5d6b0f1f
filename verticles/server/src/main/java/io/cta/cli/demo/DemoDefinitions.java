package io.cta.cli.demo;

import io.vertx.core.json.Json;
import java.nio.file.Path;

/** What the demo applies beside the examples, as YAML for people to read. Pure. */
public final class DemoDefinitions {
  /** The scenario that is started. */
  public static final String FIRST = "greeting";

  /** The one that it starts. */
  public static final String NEXT = "greeting-again";

  private DemoDefinitions() {}

  public static String write(Path repository, Path results, DemoReceiver receiver) {
    return """
        # Fetched from git, results pushed to a directory; another scenario and a webhook after it.
        kind: Channel
        name: demo-receiver
        url: %s
        key: %s
        ---
        kind: TestSuite
        name: greeting
        inputs:
          - { type: git, url: %s, ref: main }
        outputs:
          - { type: local, path: %s }
        tests:
          - name: greet
            stages:
              - run: sh greet.sh
            report: { junit: "reports/*.xml" }
            artifacts: [ "reports/*.xml" ]
        ---
        kind: Configuration
        name: greeting-machine
        mode: mono
        ---
        kind: Scenario
        name: greeting-again
        suite: greeting
        configuration: greeting-machine
        timeouts: { pending: 2m, running: 5m }
        ---
        kind: Scenario
        name: greeting
        suite: greeting
        configuration: greeting-machine
        timeouts: { pending: 2m, running: 5m }
        after:
          - { when: "result == ok", start: { scenario: greeting-again, ref: "${source.commit}" } }
          - { on: always, notify: { channels: [ demo-receiver ] } }
        """
        .formatted(
            Json.encode(receiver.url()),
            Json.encode(receiver.key()),
            Json.encode(repository.toString()),
            Json.encode(results.toString()));
  }
}
