package io.cta.bench.chaos;

import io.cta.bench.fleet.BrokerProcess;
import io.cta.bench.fleet.KafkaProcess;
import io.cta.bench.fleet.RabbitProcess;
import java.io.IOException;

/** The brokers that servers can use, named as in the configuration. */
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

  /** Starts a broker of this kind; null if the broker is part of the server. */
  abstract BrokerProcess start() throws IOException;
}
