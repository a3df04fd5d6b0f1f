package io.cta.server.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.Addresses;
import io.cta.bus.DispatchCall;
import io.cta.bus.MachineHeard;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BatchTest {
  private static final MachineHeard HEARD = new MachineHeard("ü-1", "s", 5, 0.5, 1L << 40, true);
  private static final DispatchCall CALL = new DispatchCall("e", true);

  @Test
  void whatWasPutInComesOutInOrder() {
    Batch batch = new Batch();
    batch.add(Batch.entry(Addresses.MACHINE_HEARD, HEARD));
    batch.add(Batch.entry(Addresses.MACHINE_EDITED, "ü-2"));
    batch.add(Batch.entry(Addresses.DISPATCH_CALLED, CALL));
    assertEquals(3, batch.size());
    List<Object> out = new ArrayList<>();
    Buffer wire = batch.numbered("node-ä", 1L << 33);
    assertEquals(0, Batch.read(wire, (address, body) -> out.add(Map.entry(address, body))));
    assertEquals(
        List.of(
            Map.entry(Addresses.MACHINE_HEARD, HEARD),
            Map.entry(Addresses.MACHINE_EDITED, "ü-2"),
            Map.entry(Addresses.DISPATCH_CALLED, CALL)),
        out);
    assertEquals(new Batch.Head("node-ä", 1L << 33), Batch.head(wire));
  }

  @Test
  void anEmptyOneSaysOnlyWhoseItIs() {
    Buffer wire = new Batch().numbered("n", 3);
    assertEquals(new Batch.Head("n", 3), Batch.head(wire));
    assertEquals(0, Batch.read(wire, (address, body) -> assertTrue(false, address)));
  }

  @Test
  void whatANewerNodeAnnouncesIsSkippedAndCounted() {
    Batch batch = new Batch();
    batch.add(Batch.entry("cta.of.tomorrow", CALL));
    batch.add(Batch.entry(Addresses.DISPATCH_CALLED, CALL));
    List<Object> out = new ArrayList<>();
    assertEquals(1, Batch.read(batch.numbered("n", 1), (address, body) -> out.add(body)));
    assertEquals(List.of(CALL), out);
  }
}
