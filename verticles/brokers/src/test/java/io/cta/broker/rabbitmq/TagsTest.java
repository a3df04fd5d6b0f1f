package io.cta.broker.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.rabbitmq.Tags.Settle;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TagsTest {
  private final Tags tags = new Tags();

  private void delivered(long... all) {
    LongStream.of(all).forEach(tags::delivered);
  }

  @Test
  void all_that_is_done_from_the_first_on_is_one_frame() {
    delivered(1, 2, 3);
    tags.done(2);
    tags.done(1);
    tags.done(3);
    assertEquals(List.of(new Settle(3, true, false)), tags.drain());
    assertFalse(tags.pending());
    assertTrue(tags.idle());
  }

  @Test
  void what_is_done_after_an_unsettled_one_is_settled_alone() {
    delivered(1, 2, 3, 4);
    tags.done(1);
    tags.done(3);
    assertEquals(List.of(new Settle(1, false, false), new Settle(3, false, false)), tags.drain());
    assertFalse(tags.idle());
  }

  @Test
  void what_goes_back_is_said_first_so_that_no_frame_for_many_acks_it() {
    delivered(1, 2, 3);
    tags.back(2);
    tags.done(1);
    tags.done(3);
    assertEquals(List.of(new Settle(2, false, true), new Settle(3, true, false)), tags.drain());
  }

  @Test
  void nothing_is_settled_twice() {
    delivered(1);
    tags.done(1);
    tags.done(1);
    tags.back(1);
    assertEquals(List.of(new Settle(1, false, false)), tags.drain());
    tags.done(1);
    assertEquals(List.of(), tags.drain());
  }
}
