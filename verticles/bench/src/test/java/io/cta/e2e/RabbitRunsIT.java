package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bench.fleet.BrokerProcess;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.fleet.RabbitProcess;
import io.cta.broker.rabbitmq.RabbitServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RabbitRunsIT extends BrokerRuns {
  private static final Duration ALARM = Duration.ofSeconds(30);

  @Override
  BrokerProcess broker() throws IOException {
    return RabbitProcess.started();
  }

  @Test
  void testsLongerThanTheAcknowledgementTimeoutAreNotDeliveredTwice() throws IOException {
    RabbitServer rabbit = rabbit();
    rabbit.ctl("eval", "application:set_env(rabbit, consumer_timeout, 1000).");
    rabbit.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 300).");
    // of channels that are opened from now on
    fleet.agent("direct").terminate();
    direct().online(3);
    fleet.server().kill();
    fleet.startServers().online(3);
    Path began = dir.resolve("began");
    JsonArray tests = new JsonArray();
    for (int i = 0; i < 9; i++) {
      tests.add(ProcessFleet.test("long-" + i, "echo long-" + i + " >> " + began + "; sleep 2"));
    }
    for (String mode : List.of("parallel", "mono")) {
      Files.deleteIfExists(began);
      fleet.define("long-" + mode, mode, LIMITS, tests);
      JsonObject end = fleet.api.ended(fleet.api.start("long-" + mode), SOON);
      assertEquals("ok", end.getString("result"), end.encode());
      List<String> lines = Files.readAllLines(began);
      assertEquals(9, lines.stream().distinct().count(), lines.toString());
      assertEquals(9, lines.size(), lines.toString());
    }
    rabbit.ctl("eval", "application:set_env(rabbit, consumer_timeout, 1800000).");
    rabbit.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 60000).");
  }

  @Test
  void anAlarmOfMemoryHoldsEverythingUpAndItsEndLetsItGoOn() throws IOException {
    String id = begun();
    rabbit().ctl("set_vm_memory_high_watermark", "0.000001");
    Instant until = Instant.now().plus(ALARM);
    ConditionPoller.holds(
        "the server to say so", SOON, this::readiness, r -> r.equals("503 up down"));
    String asked = fleet.api.start("many");
    ConditionPoller.holds("the alarm's end", SOON, Instant::now, now -> now.isAfter(until));
    assertEquals(3, fleet.api.all("/api/v1/machines?presence=online").size());
    rabbit().ctl("set_vm_memory_high_watermark", "absolute", "1GB");
    for (String each : List.of(id, asked)) {
      allOk(each);
      for (JsonObject task : fleet.api.all("/api/v1/executions/" + each + "/tasks")) {
        assertEquals(1, task.getInteger("attempt"), task.encode());
      }
    }
  }

  private RabbitServer rabbit() {
    return ((RabbitProcess) broker).server();
  }
}
