package io.cta.e2e;

import io.cta.bench.fleet.KafkaProcess;
import io.cta.bench.fleet.RealBroker;

class KafkaRunsIT extends BrokerRuns {
  @Override
  RealBroker broker() {
    return KafkaProcess.started();
  }
}
