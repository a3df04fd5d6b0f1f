package io.cta.e2e;

import io.cta.bench.fleet.BrokerProcess;
import io.cta.bench.fleet.KafkaProcess;

class KafkaRunsIT extends BrokerRuns {
  @Override
  BrokerProcess broker() {
    return KafkaProcess.started();
  }
}
