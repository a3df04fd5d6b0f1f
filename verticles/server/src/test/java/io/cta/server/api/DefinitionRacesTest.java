package io.cta.server.api;

import java.util.List;

class DefinitionRacesTest extends DefinitionRaces {
  @Override
  List<ApiServer> servers() {
    return List.of(new ApiServer());
  }
}
