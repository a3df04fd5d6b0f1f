package io.cta.server.notify;

import io.cta.domain.Execution;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.ViewEncoder;
import io.cta.server.view.events.ExecutionEventView;
import io.cta.server.view.events.FailureEventView;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Writes what a message says, small enough for every receiver. */
final class EventWriter {
  /** Bytes of a body at most, as Standard Webhooks recommends. */
  static final int MAX_BYTES = 20_000;

  private static final int MAX_FAILURES = 20;

  private final FailureReader failures;
  private final Function<String, String> links;

  /**
   * @param links the address at which people look at the execution with an id
   */
  EventWriter(StoreRepositories stores, Function<String, String> links) {
    this.failures = new FailureReader(stores);
    this.links = links;
  }

  String link(Execution execution) {
    return links.apply(execution.id());
  }

  /**
   * The message that an execution is over.
   *
   * @param handler the place of the handler that tells
   */
  Future<ExecutionEventView> write(Execution execution, int handler) {
    return failures.of(execution).map(found -> fitting(execution, handler, found));
  }

  /** Leaves out failures from the end until the message is small enough. */
  private ExecutionEventView fitting(
      Execution execution, int handler, FailureReader.Failures found) {
    List<FailureEventView> some =
        found.statuses().stream().limit(MAX_FAILURES).map(FailureEventView::of).toList();
    boolean cut = found.cut() || found.statuses().size() > MAX_FAILURES;
    while (true) {
      ExecutionEventView event =
          ExecutionEventView.of(execution, handler, some, cut, link(execution));
      int bytes = ViewEncoder.text(event).getBytes(StandardCharsets.UTF_8).length;
      if (some.isEmpty() || bytes <= MAX_BYTES) {
        return event;
      }
      some = some.subList(0, some.size() - 1);
      cut = true;
    }
  }
}
