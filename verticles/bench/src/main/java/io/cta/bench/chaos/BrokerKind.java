package io.cta.bench.chaos;

import io.cta.bench.fleet.BrokerProcess;
import io.cta.bench.fleet.KafkaProcess;
import io.cta.bench.fleet.RabbitProcess;
import java.io.IOException;

/** Which broker the servers use; named as in their configuration. */
enum BrokerKind {
  embedded {
    @Override
    BrokerProcess start() {
      return null;
    }
  },

  rabbitmq {
    @Override
    BrokerProcess start() throws IOException {
      return RabbitProcess.started();
    }
  },

  kafka {
    @Override
    BrokerProcess start() {
      return KafkaProcess.started();
    }
  };

  /** One of its own, or null when the server has it in itself. */
  abstract BrokerProcess start() throws IOException;
}
