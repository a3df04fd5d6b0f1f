package io.cta.e2e;

import io.cta.bench.fleet.RabbitProcess;
import io.cta.bench.fleet.RealBroker;
import java.io.IOException;

class RabbitRunsIT extends BrokerRuns {
  @Override
  RealBroker broker() throws IOException {
    return RabbitProcess.started();
  }
}
