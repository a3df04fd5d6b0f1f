package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerWriterTest {
  private final List<String> written = new ArrayList<>();
  private final Deque<Promise<Void>> unsent = new ArrayDeque<>();
  private int resyncs;
  private final ViewerWriter viewerWriter =
      new ViewerWriter(
          text -> {
            written.add(text);
            unsent.add(Promise.promise());
            return unsent.getLast().future();
          },
          10,
          () -> resyncs++);

  @Test
  void aSlowViewerLosesMessagesAndIsToldOnceItHasCaughtUp() {
    viewerWriter.offer("12345");
    viewerWriter.offer("67890");
    viewerWriter.offer("lost");
    viewerWriter.offer("lost too");
    assertEquals(List.of("12345", "67890"), written);
    unsent.poll().complete();
    viewerWriter.offer("x");
    assertEquals(2, written.size(), "half way through nothing is shown out of order");
    unsent.poll().complete();
    assertEquals(1, resyncs);
    viewerWriter.offer("again");
    assertEquals("again", written.get(2));
  }

  @Test
  void unsentTextNeverExceedsTheLimitPlusOneMessage() {
    for (int i = 0; i < 1_000; i++) {
      viewerWriter.offer("1234");
    }
    assertEquals(8, viewerWriter.unsent());
  }

  @Test
  void aMessageLongerThanTheLimitIsSentAlone() {
    viewerWriter.offer("a very long message");
    viewerWriter.offer("b");
    assertEquals(List.of("a very long message"), written);
  }
}
