package io.cta.server.cluster;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.Origin;
import io.cta.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries announcements to the other nodes and theirs to this one. All that is announced in a turn
 * of the event loop is one message; an empty one now and then says that this node lives. What the
 * bus does not take in time is dropped and counted: the others see the gap and look into the store.
 */
public final class NewsVerticle extends VerticleBase {
  private final Ticker ticker;
  private static final Logger log = LoggerFactory.getLogger(NewsVerticle.class);
  private static final int BATCH_BYTES = 256 << 10;
  private static final int WAITING_BYTES = 16 << 20;
  private static final int IN_FLIGHT = 16;
  private static final int BEATS = 5;

  private final Node node;
  private final Members members;
  private final Peers peers;
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private MessageProducer<Buffer> others;
  private MessageConsumer<Buffer> ears;
  private int waitingBytes;
  private int inFlight;
  private long number;
  private long dropped;
  private boolean flushing;
  private boolean said;

  public NewsVerticle(Node node, Members members, Ticker ticker) {
    this.ticker = ticker;
    this.node = node;
    this.members = members;
    this.peers = new Peers(node.id(), node.deadAfter());
  }

  @Override
  public Future<?> start() {
    others = vertx.eventBus().publisher(Addresses.NEWS, new DeliveryOptions());
    Batch.TYPES
        .keySet()
        .forEach(
            address ->
                Consumers.hearFrom(
                    vertx, address, (body, origin) -> announced(address, body, origin)));
    return listen()
        .onSuccess(
            v -> {
              vertx.setPeriodic(node.deadAfter().toMillis() / BEATS, t -> beat());
              beat();
            });
  }

  private Future<Void> listen() {
    ears = vertx.eventBus().consumer(Addresses.NEWS, this::heard);
    return ears.completion();
  }

  private void announced(String address, Object body, Origin origin) {
    if (origin != Origin.HERE) {
      return;
    }
    Buffer entry = Batch.entry(address, body);
    if (waitingBytes + entry.length() > WAITING_BYTES) {
      drop();
      return;
    }
    waiting.add(entry);
    waitingBytes += entry.length();
    if (!flushing) {
      flushing = true;
      context.runOnContext(v -> flush());
    }
  }

  /** The gap in the numbers tells the others. */
  private void drop() {
    if (dropped++ % 1_000 == 0) {
      log.warn("announcements dropped, the other nodes do not take them [count: {}]", dropped);
    }
    number++;
  }

  private void flush() {
    flushing = false;
    while (!waiting.isEmpty() && inFlight < IN_FLIGHT) {
      Batch batch = new Batch();
      while (!waiting.isEmpty() && batch.bytes() < BATCH_BYTES) {
        Buffer entry = waiting.remove();
        waitingBytes -= entry.length();
        batch.add(entry);
      }
      send(batch);
    }
  }

  private void send(Batch batch) {
    inFlight++;
    said = true;
    others
        .write(batch.numbered(node.id(), ++number))
        .timeout(node.deadAfter().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(e -> log.debug("announcements not sent [cause: {}]", e.toString()))
        .onComplete(
            done -> {
              inFlight--;
              flush();
            });
  }

  private void beat() {
    if (!said) {
      send(new Batch());
    }
    said = false;
    boolean heardItself = peers.hearsItself();
    List<String> silent = peers.silent(ticker.nanos());
    silent.forEach(id -> log.info("node is not heard any more [node: {}]", id));
    if (heardItself && !peers.hearsItself()) {
      log.warn("this node does not hear itself on the event bus, it registers again");
      ears.unregister();
      listen();
    }
    tell();
  }

  private void heard(Message<Buffer> message) {
    Batch.Head head = Batch.head(message.body());
    boolean own = head.sender().equals(node.id());
    long missed = peers.heard(head.sender(), head.number(), ticker.nanos());
    if (missed > 0 && !own) {
      log.debug("announcements missed [node: {}, count: {}]", head.sender(), missed);
      Consumers.passOn(vertx, Addresses.NEWS_MISSED, head.sender(), Origin.ELSEWHERE);
    }
    if (!own && !members.others().contains(head.sender())) {
      log.info("node is heard [node: {}]", head.sender());
      tell();
    }
    if (!own) {
      int unknown =
          Batch.read(
              message.body(),
              (address, body) -> Consumers.passOn(vertx, address, body, Origin.ELSEWHERE));
      if (unknown > 0) {
        log.debug("announcements of an unknown kind [count: {}]", unknown);
      }
    }
  }

  private void tell() {
    members.are(peers.others(), peers.hearsItself());
  }
}
