package io.cta.broker.rabbitmq.consume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.rabbitmq.consume.DeliveryTags.Settlement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveryTagsTest {
  private final DeliveryTags deliveryTags = new DeliveryTags();

  private void delivered(long... all) {
    LongStream.of(all).forEach(deliveryTags::delivered);
  }

  @Test
  void all_that_is_done_from_the_first_on_is_one_frame() {
    delivered(1, 2, 3);
    deliveryTags.done(2);
    deliveryTags.done(1);
    deliveryTags.done(3);
    assertEquals(List.of(new Settlement(3, true, false)), deliveryTags.drain());
    assertFalse(deliveryTags.pending());
    assertTrue(deliveryTags.idle());
  }

  @Test
  void a_tag_done_after_an_unsettled_one_is_settled_alone() {
    delivered(1, 2, 3, 4);
    deliveryTags.done(1);
    deliveryTags.done(3);
    assertEquals(
        List.of(new Settlement(1, false, false), new Settlement(3, false, false)),
        deliveryTags.drain());
    assertFalse(deliveryTags.idle());
  }

  @Test
  void put_back_tags_come_first_so_that_no_frame_for_many_acks_them() {
    delivered(1, 2, 3);
    deliveryTags.putBack(2);
    deliveryTags.done(1);
    deliveryTags.done(3);
    assertEquals(
        List.of(new Settlement(2, false, true), new Settlement(3, true, false)),
        deliveryTags.drain());
  }

  @Test
  void nothing_is_settled_twice() {
    delivered(1);
    deliveryTags.done(1);
    deliveryTags.done(1);
    deliveryTags.putBack(1);
    assertEquals(List.of(new Settlement(1, false, false)), deliveryTags.drain());
    deliveryTags.done(1);
    assertEquals(List.of(), deliveryTags.drain());
  }
}
