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
  private static final int LEASE = 3;

  private final ClaimRegistry claimRegistry = new ClaimRegistry();
  private long end;

  @Test
  void of_several_claims_the_first_in_the_log_wins() {
    message();
    assertNotNull(say(ClaimRecord.claim("a", 0, 1)));
    assertNull(say(ClaimRecord.claim("b", 0, 1)));
    assertEquals(1, claimRegistry.heldBy("a").size());
    assertEquals(List.of(), claimable("b"));
  }

  @Test
  void a_message_given_back_is_claimed_in_a_new_term() {
    message();
    say(ClaimRecord.claim("a", 0, 1));
    assertNull(say(ClaimRecord.free("b", 0, 1, 9)), "only its holder gives it back");
    assertNull(say(ClaimRecord.free("a", 0, 7, 9)), "and only in the term that it holds");
    assertNotNull(say(ClaimRecord.free("a", 0, 1, 1)));
    assertNull(say(ClaimRecord.claim("b", 0, 1)), "an old claim that was late");
    assertNotNull(say(ClaimRecord.claim("b", 0, 2)));
    assertEquals(1, claimRegistry.heldBy("b").get(0).deliveries);
  }

  @Test
  void what_is_done_is_done_whoever_says_it() {
    message();
    say(ClaimRecord.claim("a", 0, 1));
    assertNotNull(say(ClaimRecord.done("b", 0)));
    assertNull(say(ClaimRecord.claim("a", 0, 2)));
    assertEquals(List.of(), claimable("a"));
    assertEquals(end, claimRegistry.lowWater());
  }

  @Test
  void what_a_silent_member_holds_can_be_claimed_and_counts_as_a_try() {
    message();
    say(ClaimRecord.claim("a", 0, 1));
    ticks(LEASE - 1);
    assertEquals(List.of(), claimable("b"));
    ticks(1);
    assertEquals(List.of(0L), claimable("b"));
    assertNotNull(say(ClaimRecord.claim("b", 0, 2)));
    assertEquals(1, claimRegistry.heldBy("b").get(0).deliveries);
  }

  @Test
  void a_member_that_says_anything_keeps_what_it_holds() {
    message();
    say(ClaimRecord.claim("a", 0, 1));
    ticks(LEASE - 1);
    say(ClaimRecord.here("a"));
    ticks(LEASE - 1);
    assertEquals(List.of(), claimable("b"));
    claimRegistry.heard();
    ticks(1);
    assertEquals(List.of(), claimable("b"));
  }

  @Test
  void nobody_claims_what_it_holds_itself() {
    message();
    say(ClaimRecord.claim("a", 0, 1));
    ticks(LEASE);
    assertEquals(List.of(), claimable("a"));
  }

  @Test
  void one_member_claims_in_order_and_several_begin_at_different_messages() {
    for (int i = 0; i < 5; i++) {
      message();
    }
    say(ClaimRecord.here("a"));
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), claimable("a"));
    say(ClaimRecord.here("b"));
    assertEquals(List.of(0L, 2L, 4L, 1L, 3L), claimable("a"));
    assertEquals(List.of(1L, 3L, 0L, 2L, 4L), claimable("b"));
  }

  @Test
  void members_that_left_without_a_word_are_forgotten_once_they_hold_nothing() {
    message();
    message();
    message();
    say(ClaimRecord.here("a"));
    say(ClaimRecord.here("b"));
    assertEquals(List.of(1L, 0L, 2L), claimable("b"));
    ticks(LEASE);
    say(ClaimRecord.here("b"));
    claimRegistry.expire(LEASE);
    assertEquals(List.of(0L, 1L, 2L), claimable("b"));
  }

  @Test
  void the_low_water_is_the_first_message_that_is_not_done() {
    message();
    message();
    say(ClaimRecord.done("a", 1));
    assertEquals(0, claimRegistry.lowWater());
    say(ClaimRecord.done("a", 0));
    assertEquals(4, claimRegistry.lowWater());
  }

  @Test
  void a_record_is_read_as_it_was_written_and_an_unknown_one_says_nothing() {
    ClaimRecord said = ClaimRecord.free("server-1", 17, 3, 2);
    assertEquals(said, ClaimRecord.decode(read(said.encode("t"))));
    for (String text : List.of("", "FREE", "FREE x 1 1", "SING 1 1 1")) {
      ProducerRecord<byte[], byte[]> odd = new ProducerRecord<>("t", 0, new byte[0], new byte[0]);
      odd.headers().add(ClaimRecord.HEADER, text.getBytes());
      assertNull(ClaimRecord.decode(read(odd)), text);
    }
  }

  private void message() {
    claimRegistry.message(end++, Buffer.buffer("m"));
  }

  private ClaimRegistry.Entry say(ClaimRecord record) {
    return claimRegistry.apply(end++, record);
  }

  private void ticks(int n) {
    LongStream.range(0, n).forEach(i -> claimRegistry.tick());
  }

  private List<Long> claimable(String me) {
    return claimRegistry.claimable(me, LEASE).stream().map(e -> e.offset).toList();
  }

  private static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> sent) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("t", 0, 0, sent.key(), sent.value());
    sent.headers().forEach(h -> record.headers().add(h));
    return record;
  }
}
