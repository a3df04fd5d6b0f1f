package io.cta.broker.kafka.consume;

import static io.cta.broker.TestEventLoop.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.TestEventLoop;
import io.cta.broker.handout.ConsumerBuffer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reader asks of its consumer, which is a fake here. */
@Timeout(60)
class TopicReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("q", 0);

  private final Vertx vertx = Vertx.vertx();
  private final TestEventLoop loop = new TestEventLoop(vertx);
  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  private final List<KafkaMessage> delivered = new ArrayList<>();
  private final LocalQueue queue = new LocalQueue(vertx, "q", () -> 3, null);
  private final ConsumerBuffer<KafkaMessage> consumerBuffer =
      new ConsumerBuffer<>(queue, 10, delivered::addAll);
  private TopicReader topicReader;
  private int commitsToFail;

  @BeforeEach
  void open() {
    loop.run(
        () -> {
          topicReader =
              new TopicReader(
                  vertx, queue, new FakePartitionReader(), new RecordPurger(vertx, null));
          queue.source(topicReader);
          topicReader.start();
          topicReader.assigned(PARTITION, new OffsetAndMetadata(100, "102"));
          queue.open(consumerBuffer);
        });
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void commits_the_settled_offset_and_those_settled_ahead() {
    receive(100, 4);
    assertEquals(List.of(100L, 101L, 103L), offsets());
    settle(101);
    expect("commit 100 101-102");
    settle(100);
    expect("commit 103 ");
    settle(103);
    expect("commit 104 ");
  }

  @Test
  void a_commit_that_failed_is_made_again() {
    commitsToFail = 1;
    receive(100, 2);
    settle(100);
    expect("commit 101 ");
    expect("commit 101 ");
  }

  @Test
  void a_failed_message_comes_again_and_is_not_committed() {
    receive(100, 2);
    loop.run(() -> consumerBuffer.settle(delivered.get(0), new IllegalStateException("not yet")));
    settle(101);
    expect("commit 100 101");
    loop.call(() -> vertx.timer(50));
    assertEquals(List.of(100L, 101L, 100L), offsets());
    assertEquals(2, delivered.get(2).deliveries());
  }

  @Test
  void stops_the_consumer_when_too_many_wait_and_lets_it_go_on_when_half_are_gone() {
    receive(1_000, 1_005);
    assertEquals(10, delivered.size());
    assertTrue(calls.isEmpty(), "995 wait");
    receive(2_005, 10);
    expect("flow false");
    for (int i = 0; i < 506; i++) {
      int n = i;
      loop.run(() -> consumerBuffer.settle(delivered.get(n), null));
    }
    loop.run(() -> {});
    while (!calls.contains("flow true")) {
      expectSome("commit");
    }
  }

  @Test
  void messages_of_a_revoked_partition_are_ignored() {
    receive(1_000, 20);
    loop.run(() -> topicReader.revoked(Set.of(PARTITION)));
    settle(1_000);
    loop.run(() -> {});
    assertEquals(10, delivered.size(), "none of those that waited");
    loop.call(topicReader::stop);
    expect("close");
  }

  @Test
  void stopping_commits_first() {
    receive(100, 2);
    loop.call(
        () -> {
          consumerBuffer.settle(delivered.get(0), null);
          return topicReader.stop();
        });
    expect("commit 101 ");
    expect("close");
  }

  @Test
  void stopping_tries_a_failed_commit_again_and_gives_up_in_the_end() {
    commitsToFail = 7;
    receive(100, 2);
    settle(100);
    expect("commit 101 ");
    settle(101);
    loop.call(topicReader::stop);
    for (int i = 0; i < 5; i++) {
      expect("commit 102 ");
    }
    expect("close");
  }

  private void receive(long first, int n) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (long offset = first; offset < first + n; offset++) {
      records.add(new ConsumerRecord<>("q", 0, offset, null, new byte[] {1}));
    }
    loop.run(() -> topicReader.records(PARTITION, records));
    loop.run(() -> {});
  }

  private void settle(long offset) {
    loop.run(
        () ->
            consumerBuffer.settle(
                delivered.stream().filter(m -> m.offset == offset).findFirst().orElseThrow(),
                null));
  }

  private List<Long> offsets() {
    return delivered.stream().map(m -> m.offset).toList();
  }

  private void expect(String text) {
    assertEquals(text, poll());
  }

  private void expectSome(String beginning) {
    String next = poll();
    assertTrue(next.startsWith(beginning), next);
  }

  private String poll() {
    try {
      return String.valueOf(calls.poll(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private final class FakePartitionReader implements PartitionReader {
    @Override
    public Future<Void> open(TopicReader topicReader) {
      return Future.succeededFuture();
    }

    @Override
    public void flow(Set<TopicPartition> partitions, boolean on) {
      calls.add("flow " + on);
    }

    @Override
    public Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
      OffsetAndMetadata offset = offsets.get(PARTITION);
      calls.add("commit " + offset.offset() + " " + offset.metadata());
      return commitsToFail-- > 0 ? Future.failedFuture("rebalancing") : Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      calls.add("close");
      return Future.succeededFuture();
    }
  }
}
