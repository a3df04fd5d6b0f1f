package io.cta.server.cluster;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.EventOrigin;
import io.cta.time.MonotonicClock;
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
 * Relays this node's announcements to the other nodes and theirs to this one. Batches all
 * announcements of one turn of the event loop in one message; an empty batch is a heartbeat. Drops
 * and counts what the bus does not take in time: the others see the gap in the numbers and scan the
 * store.
 */
public final class EventRelayVerticle extends VerticleBase {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(EventRelayVerticle.class);
  private static final int MAX_BATCH_BYTES = 256 << 10;
  private static final int MAX_WAITING_BYTES = 16 << 20;
  private static final int MAX_IN_FLIGHT = 16;
  private static final int HEARTBEATS_PER_TIMEOUT = 5;

  private final ClusterNode node;
  private final ClusterMembers members;
  private final PeerTracker peers;
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private MessageProducer<Buffer> publisher;
  private MessageConsumer<Buffer> consumer;
  private int waitingBytes;
  private int inFlight;
  private long batchNumber;
  private long dropped;
  private boolean flushing;
  private boolean sentSinceHeartbeat;

  public EventRelayVerticle(ClusterNode node, ClusterMembers members, MonotonicClock ticker) {
    this.ticker = ticker;
    this.node = node;
    this.members = members;
    this.peers = new PeerTracker(node.id(), node.deadAfter());
  }

  @Override
  public Future<?> start() {
    publisher = vertx.eventBus().publisher(BusAddresses.NEWS, new DeliveryOptions());
    RelayBatch.TYPES
        .keySet()
        .forEach(
            address ->
                BusAdapter.hearFrom(
                    vertx, address, (body, origin) -> announced(address, body, origin)));
    return listen()
        .onSuccess(
            v -> {
              vertx.setPeriodic(
                  node.deadAfter().toMillis() / HEARTBEATS_PER_TIMEOUT, t -> heartbeat());
              heartbeat();
            });
  }

  private Future<Void> listen() {
    consumer = vertx.eventBus().consumer(BusAddresses.NEWS, this::received);
    return consumer.completion();
  }

  private void announced(String address, Object body, EventOrigin origin) {
    if (origin != EventOrigin.HERE) {
      return;
    }
    Buffer entry = RelayBatch.entry(address, body);
    if (waitingBytes + entry.length() > MAX_WAITING_BYTES) {
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

  /** Skips a batch number, so that the other nodes see the gap. */
  private void drop() {
    if (dropped++ % 1_000 == 0) {
      log.warn("announcements dropped, the other nodes do not take them [count: {}]", dropped);
    }
    batchNumber++;
  }

  private void flush() {
    flushing = false;
    while (!waiting.isEmpty() && inFlight < MAX_IN_FLIGHT) {
      RelayBatch batch = new RelayBatch();
      while (!waiting.isEmpty() && batch.bytes() < MAX_BATCH_BYTES) {
        Buffer entry = waiting.remove();
        waitingBytes -= entry.length();
        batch.add(entry);
      }
      send(batch);
    }
  }

  private void send(RelayBatch batch) {
    inFlight++;
    sentSinceHeartbeat = true;
    publisher
        .write(batch.numbered(node.id(), ++batchNumber))
        .timeout(node.deadAfter().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(e -> log.debug("announcements not sent [cause: {}]", e.toString()))
        .onComplete(
            done -> {
              inFlight--;
              flush();
            });
  }

  private void heartbeat() {
    if (!sentSinceHeartbeat) {
      send(new RelayBatch());
    }
    sentSinceHeartbeat = false;
    boolean heardItself = peers.hearsItself();
    List<String> silent = peers.silent(ticker.nanos());
    silent.forEach(id -> log.info("node no longer heard [node: {}]", id));
    if (heardItself && !peers.hearsItself()) {
      log.warn("this node's own announcements do not arrive, it registers its consumer again");
      consumer.unregister();
      listen();
    }
    updateMembers();
  }

  private void received(Message<Buffer> message) {
    RelayBatch.Header header = RelayBatch.head(message.body());
    boolean own = header.sender().equals(node.id());
    long missed = peers.heard(header.sender(), header.number(), ticker.nanos());
    if (missed > 0 && !own) {
      log.debug("announcements missed [node: {}, count: {}]", header.sender(), missed);
      BusAdapter.passOn(vertx, BusAddresses.NEWS_MISSED, header.sender(), EventOrigin.ELSEWHERE);
    }
    if (!own && !members.others().contains(header.sender())) {
      log.info("node heard [node: {}]", header.sender());
      updateMembers();
    }
    if (!own) {
      int unknown =
          RelayBatch.read(
              message.body(),
              (address, body) -> ChangeFeed.passOn(vertx, address, body, EventOrigin.ELSEWHERE));
      if (unknown > 0) {
        log.debug("announcements of an unknown kind [count: {}]", unknown);
      }
    }
  }

  private void updateMembers() {
    members.update(peers.others(), peers.hearsItself());
  }
}
