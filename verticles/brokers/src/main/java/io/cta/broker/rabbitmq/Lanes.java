package io.cta.broker.rabbitmq;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** As many connections to consume as the subscriptions need. Home only. */
final class Lanes {
  private final IntFunction<Lane> making;
  private final List<Lane> lanes = new ArrayList<>();
  private boolean begun;

  /**
   * @param making of the lane with that number
   */
  Lanes(IntFunction<Lane> making) {
    this.making = making;
    lanes.add(making.apply(1));
  }

  void begin() {
    begun = true;
    lanes.forEach(Lane::begin);
  }

  Lane withRoom() {
    for (Lane lane : lanes) {
      if (!lane.full()) {
        return lane;
      }
    }
    Lane more = making.apply(lanes.size() + 1);
    lanes.add(more);
    if (begun) {
      more.begin();
    }
    return more;
  }

  List<RabbitSubscription> subscriptions() {
    return lanes.stream().flatMap(lane -> lane.subscriptions().stream()).toList();
  }

  Future<Void> close() {
    List<Future<Void>> closing = new ArrayList<>();
    lanes.forEach(lane -> closing.add(lane.connector().close()));
    return Future.join(closing).mapEmpty();
  }
}
