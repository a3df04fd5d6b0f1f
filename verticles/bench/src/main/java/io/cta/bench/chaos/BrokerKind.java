package io.cta.bench.chaos;

import io.cta.bench.fleet.KafkaProcess;
import io.cta.bench.fleet.RabbitProcess;
import io.cta.bench.fleet.RealBroker;
import java.io.IOException;

/** Which broker the servers use; named as in their configuration. */
enum BrokerKind {
  embedded {
    @Override
    RealBroker start() {
      return null;
    }
  },

  rabbitmq {
    @Override
    RealBroker start() throws IOException {
      return RabbitProcess.started();
    }
  },

  kafka {
    @Override
    RealBroker start() {
      return KafkaProcess.started();
    }
  };

  /** One of its own, or null when the server has it in itself. */
  abstract RealBroker start() throws IOException;
}
