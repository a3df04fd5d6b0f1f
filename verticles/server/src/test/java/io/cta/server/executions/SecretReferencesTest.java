package io.cta.server.executions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Repository;
import io.cta.domain.RepositoryBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every secret that a suite names is known by the place that names it. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SecretReferencesTest {
  @Test
  void testsInputsAndOutputsNameSecrets() {
    Repository store =
        RepositoryBuilder.builder().type("s3").accessKey("user").secretKey("password").build();
    Repository server = RepositoryBuilder.builder().type("http").token("upload").build();
    assertEquals(
        Map.of(
            "secrets.T", "token",
            "inputs[0].accessKey", "user",
            "inputs[0].secretKey", "password",
            "outputs[0].token", "upload",
            "outputs[1].accessKey", "user",
            "outputs[1].secretKey", "password"),
        SecretReferences.of(Map.of("T", "token"), List.of(store), List.of(server, store)));
  }
}
