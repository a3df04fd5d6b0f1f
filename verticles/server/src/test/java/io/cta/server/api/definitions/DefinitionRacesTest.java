package io.cta.server.api.definitions;

import io.cta.server.api.ApiServer;
import java.util.List;

class DefinitionRacesTest extends DefinitionRaces {
  @Override
  List<ApiServer> servers() {
    return List.of(new ApiServer());
  }
}
