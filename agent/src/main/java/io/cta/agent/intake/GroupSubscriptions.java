package io.cta.agent.intake;

import io.cta.broker.DeliveryHandler;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSubscription;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions to group queues: takes one task at a time from each, and none while no slot is
 * free or the disks are full. Event loop only.
 */
final class GroupSubscriptions {
  private static final Logger log = LoggerFactory.getLogger(GroupSubscriptions.class);
  private static final long RETRY_MILLIS = 1_000;
  private static final int MAX_TRIES = 10;

  /** A queue that was joined; {@code subscription} is null until the broker has answered. */
  private static final class Member {
    private QueueSubscription subscription;
    private boolean paused;
    private int tries;
  }

  private final Vertx vertx;
  private final MessageBroker broker;
  private final DeliveryHandler handler;
  private final BooleanSupplier canTake;
  private final Map<String, Member> members = new HashMap<>();

  /**
   * @param canTake whether a task could be taken now
   */
  GroupSubscriptions(
      Vertx vertx, MessageBroker broker, DeliveryHandler handler, BooleanSupplier canTake) {
    this.vertx = vertx;
    this.broker = broker;
    this.handler = handler;
    this.canTake = canTake;
  }

  void join(String queue) {
    if (!members.containsKey(queue)) {
      Member member = new Member();
      members.put(queue, member);
      subscribe(queue, member);
    }
  }

  void leave(String queue) {
    Member member = members.remove(queue);
    if (member != null && member.subscription != null) {
      member.subscription.cancel();
    }
  }

  /** The broker ended the subscription; the server invites again if there is anything to do. */
  void lost(String queue) {
    members.remove(queue);
  }

  void leaveAll() {
    for (String queue : members.keySet().toArray(String[]::new)) {
      leave(queue);
    }
  }

  /** Pauses or resumes all subscriptions, as a task could be taken or not. */
  void adjust() {
    members.values().forEach(this::adjust);
  }

  private void subscribe(String queue, Member member) {
    broker
        .subscribe(queue, 1, handler)
        .onSuccess(subscription -> subscribed(queue, member, subscription))
        .onFailure(e -> failed(queue, member, e));
  }

  private void subscribed(String queue, Member member, QueueSubscription subscription) {
    if (members.get(queue) != member) {
      subscription.cancel();
      return;
    }
    member.subscription = subscription;
    adjust(member);
  }

  private void failed(String queue, Member member, Throwable e) {
    if (members.get(queue) != member) {
      return;
    }
    if (++member.tries >= MAX_TRIES) {
      log.warn("group not joined [queue: {}, reason: {}]", queue, e.getMessage());
      members.remove(queue);
      return;
    }
    vertx.setTimer(
        RETRY_MILLIS,
        ignored -> {
          if (members.get(queue) == member) {
            subscribe(queue, member);
          }
        });
  }

  private void adjust(Member member) {
    boolean pause = !canTake.getAsBoolean();
    if (member.subscription == null || member.paused == pause) {
      return;
    }
    member.paused = pause;
    if (pause) {
      member.subscription.pause();
    } else {
      member.subscription.resume();
    }
  }
}
