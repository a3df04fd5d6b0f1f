package io.cta.broker.kafka.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ClaimRegistryTest {
  private static final int LEASE_TICKS = 3;

  private final ClaimRegistry claimRegistry = new ClaimRegistry();
  private long end;

  @Test
  void of_several_claims_the_first_in_the_log_wins() {
    message();
    assertNotNull(apply(ClaimRecord.claim("a", 0, 1)));
    assertNull(apply(ClaimRecord.claim("b", 0, 1)));
    assertEquals(1, claimRegistry.heldBy("a").size());
    assertEquals(List.of(), claimable("b"));
  }

  @Test
  void a_message_given_back_is_claimed_in_a_new_term() {
    message();
    apply(ClaimRecord.claim("a", 0, 1));
    assertNull(apply(ClaimRecord.free("b", 0, 1, 9)), "only its holder gives it back");
    assertNull(apply(ClaimRecord.free("a", 0, 7, 9)), "and only in the term that it holds");
    assertNotNull(apply(ClaimRecord.free("a", 0, 1, 1)));
    assertNull(apply(ClaimRecord.claim("b", 0, 1)), "an old claim that was late");
    assertNotNull(apply(ClaimRecord.claim("b", 0, 2)));
    assertEquals(1, claimRegistry.heldBy("b").get(0).deliveries);
  }

  @Test
  void a_done_message_stays_done_whoever_reported_it() {
    message();
    apply(ClaimRecord.claim("a", 0, 1));
    assertNotNull(apply(ClaimRecord.done("b", 0)));
    assertNull(apply(ClaimRecord.claim("a", 0, 2)));
    assertEquals(List.of(), claimable("a"));
    assertEquals(end, claimRegistry.lowWater());
  }

  @Test
  void a_message_of_a_silent_member_can_be_claimed_and_counts_as_a_try() {
    message();
    apply(ClaimRecord.claim("a", 0, 1));
    ticks(LEASE_TICKS - 1);
    assertEquals(List.of(), claimable("b"));
    ticks(1);
    assertEquals(List.of(0L), claimable("b"));
    assertNotNull(apply(ClaimRecord.claim("b", 0, 2)));
    assertEquals(1, claimRegistry.heldBy("b").get(0).deliveries);
  }

  @Test
  void a_member_that_writes_any_record_keeps_its_messages() {
    message();
    apply(ClaimRecord.claim("a", 0, 1));
    ticks(LEASE_TICKS - 1);
    apply(ClaimRecord.here("a"));
    ticks(LEASE_TICKS - 1);
    assertEquals(List.of(), claimable("b"));
    claimRegistry.resetSilence();
    ticks(1);
    assertEquals(List.of(), claimable("b"));
  }

  @Test
  void no_member_claims_a_message_that_it_holds() {
    message();
    apply(ClaimRecord.claim("a", 0, 1));
    ticks(LEASE_TICKS);
    assertEquals(List.of(), claimable("a"));
  }

  @Test
  void one_member_claims_in_order_and_several_begin_at_different_messages() {
    for (int i = 0; i < 5; i++) {
      message();
    }
    apply(ClaimRecord.here("a"));
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), claimable("a"));
    apply(ClaimRecord.here("b"));
    assertEquals(List.of(0L, 2L, 4L, 1L, 3L), claimable("a"));
    assertEquals(List.of(1L, 3L, 0L, 2L, 4L), claimable("b"));
  }

  @Test
  void silent_members_are_forgotten_once_they_hold_nothing() {
    message();
    message();
    message();
    apply(ClaimRecord.here("a"));
    apply(ClaimRecord.here("b"));
    assertEquals(List.of(1L, 0L, 2L), claimable("b"));
    ticks(LEASE_TICKS);
    apply(ClaimRecord.here("b"));
    claimRegistry.expire(LEASE_TICKS);
    assertEquals(List.of(0L, 1L, 2L), claimable("b"));
  }

  @Test
  void the_low_water_is_the_first_message_that_is_not_done() {
    message();
    message();
    apply(ClaimRecord.done("a", 1));
    assertEquals(0, claimRegistry.lowWater());
    apply(ClaimRecord.done("a", 0));
    assertEquals(4, claimRegistry.lowWater());
  }

  @Test
  void a_record_is_read_as_it_was_written_and_an_unknown_one_is_ignored() {
    ClaimRecord written = ClaimRecord.free("server-1", 17, 3, 2);
    assertEquals(written, ClaimRecord.decode(read(written.encode("t"))));
    for (String text : List.of("", "FREE", "FREE x 1 1", "SING 1 1 1")) {
      ProducerRecord<byte[], byte[]> odd = new ProducerRecord<>("t", 0, new byte[0], new byte[0]);
      odd.headers().add(ClaimRecord.HEADER, text.getBytes());
      assertNull(ClaimRecord.decode(read(odd)), text);
    }
  }

  private void message() {
    claimRegistry.message(end++, Buffer.buffer("m"));
  }

  private ClaimRegistry.Entry apply(ClaimRecord record) {
    return claimRegistry.apply(end++, record);
  }

  private void ticks(int n) {
    LongStream.range(0, n).forEach(i -> claimRegistry.tick());
  }

  private List<Long> claimable(String member) {
    return claimRegistry.claimable(member, LEASE_TICKS).stream().map(e -> e.offset).toList();
  }

  private static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> sent) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("t", 0, 0, sent.key(), sent.value());
    sent.headers().forEach(h -> record.headers().add(h));
    return record;
  }
}
