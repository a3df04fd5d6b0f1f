package io.cta.server.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAddresses;
import io.cta.bus.DispatchRequest;
import io.cta.bus.MachineHeard;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RelayBatchTest {
  private static final MachineHeard HEARD = new MachineHeard("ü-1", "s", 5, 0.5, 1L << 40, true);
  private static final DispatchRequest CALL = new DispatchRequest("e", true);

  @Test
  void announcementsAreReadInTheOrderTheyWereAdded() {
    RelayBatch batch = new RelayBatch();
    batch.add(RelayBatch.entry(BusAddresses.MACHINE_HEARD, HEARD));
    batch.add(RelayBatch.entry(BusAddresses.MACHINE_EDITED, "ü-2"));
    batch.add(RelayBatch.entry(BusAddresses.DISPATCH_CALLED, CALL));
    assertEquals(3, batch.size());
    List<Object> out = new ArrayList<>();
    Buffer wire = batch.numbered("node-ä", 1L << 33);
    assertEquals(0, RelayBatch.read(wire, (address, body) -> out.add(Map.entry(address, body))));
    assertEquals(
        List.of(
            Map.entry(BusAddresses.MACHINE_HEARD, HEARD),
            Map.entry(BusAddresses.MACHINE_EDITED, "ü-2"),
            Map.entry(BusAddresses.DISPATCH_CALLED, CALL)),
        out);
    assertEquals(new RelayBatch.Header("node-ä", 1L << 33), RelayBatch.head(wire));
  }

  @Test
  void anEmptyBatchHasOnlySenderAndNumber() {
    Buffer wire = new RelayBatch().numbered("n", 3);
    assertEquals(new RelayBatch.Header("n", 3), RelayBatch.head(wire));
    assertEquals(0, RelayBatch.read(wire, (address, body) -> assertTrue(false, address)));
  }

  @Test
  void announcementsThatOnlyANewerNodeKnowsAreSkippedAndCounted() {
    RelayBatch batch = new RelayBatch();
    batch.add(RelayBatch.entry("cta.of.tomorrow", CALL));
    batch.add(RelayBatch.entry(BusAddresses.DISPATCH_CALLED, CALL));
    List<Object> out = new ArrayList<>();
    assertEquals(1, RelayBatch.read(batch.numbered("n", 1), (address, body) -> out.add(body)));
    assertEquals(List.of(CALL), out);
  }
}
