package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.LogChunk;
import io.cta.domain.State;
import io.cta.server.view.live.DeltaView;
import io.cta.server.view.live.GoneView;
import io.cta.server.view.live.LogTextView;
import io.cta.server.view.live.MachineActivityView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The format of the feed's messages, on which other programs rely. */
class LiveMessageTest {
  @Test
  void aDeltaHasTheViewsOfEachKind() {
    DeltaView data =
        new DeltaView(
            Map.of(
                "activity",
                List.of(
                    MachineActivityView.of(
                        "m",
                        0.5,
                        -1,
                        false,
                        List.of(SampleRecords.task("E-0", "m", State.ACKED))))));
    LiveMessage message = LiveMessage.delta(LiveTopic.FLEET, data);
    String text =
        """
        {"topic":"fleet","type":"delta","data":{"activity":[{"machineId":"m","load":0.5,\
        "diskFree":-1,"leaving":false,"tasks":[{"id":"E-0","executionId":"E","state":"acked"}]}]}}""";
    assertEquals(text, message.text());
    assertEquals(
        "{\"type\":\"rec\",\"address\":\"live.fleet\",\"body\":" + text + "}", message.sockJs());
  }

  @Test
  void aDeletedThingIsSentWithItsId() {
    DeltaView data = new DeltaView(Map.of("gone", List.of(new GoneView("m"))));
    assertEquals(
        "{\"topic\":\"fleet\",\"type\":\"delta\",\"data\":{\"gone\":[{\"id\":\"m\"}]}}",
        LiveMessage.delta(LiveTopic.FLEET, data).text());
  }

  @Test
  void outputOfNoTestHasANullTestId() {
    LogChunk chunk = new LogChunk("i", "E", "E-0", 2, null, 3, 10, 5, false, "", Instant.EPOCH);
    assertEquals(
        """
        {"topic":"log.E-0","type":"log","data":{"attempt":2,"testId":null,"seq":3,"offset":10,\
        "size":5,"text":"hello"}}""",
        LiveMessage.log(LiveTopic.log("E-0"), LogTextView.text(chunk, 10, 5, "hello")).text());
    assertEquals(
        """
        {"topic":"log.E-0","type":"log","data":{"attempt":2,"testId":null,"seq":3,"offset":10,\
        "size":5,"gap":true}}""",
        LiveMessage.log(LiveTopic.log("E-0"), LogTextView.gap(chunk)).text());
  }

  @Test
  void otherMessagesHaveNoData() {
    assertEquals("{\"topic\":\"fleet\",\"type\":\"resync\"}", LiveMessage.resync("fleet").text());
    assertEquals("{\"type\":\"resync\"}", LiveMessage.resync(null).text());
    assertEquals(
        "{\"type\":\"subscribed\",\"topics\":[\"fleet\"]}",
        LiveMessage.subscribed(List.of("fleet")).text());
    assertEquals(
        """
        {"topic":"log.E-0","type":"absent","status":404,"detail":"there is no such task"}""",
        LiveMessage.absent(LiveTopic.log("E-0")).text());
  }
}
