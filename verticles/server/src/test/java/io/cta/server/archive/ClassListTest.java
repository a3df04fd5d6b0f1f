package io.cta.server.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassListTest {
  private static List<String> joined(List<String> first, List<String> second) {
    return ClassList.joined(List.of(first, second)).lines();
  }

  @Test
  void aClassThatTwoProcessesLoadedIsThereOnceWhereItWasFirst() {
    assertEquals(
        List.of("java/lang/Object", "io/cta/A", "io/cta/B"),
        joined(
            List.of("java/lang/Object id: 0", "io/cta/A id: 7"),
            List.of("java/lang/Object id: 0", "io/cta/B id: 7", "io/cta/A id: 8")));
  }

  @Test
  void classesOfLoadersThatAProgramMadeAreLeftOut() {
    assertEquals(
        List.of("io/cta/A"),
        joined(List.of("io/cta/A", "io/cta/B id: 9 super: 0 source: /some/file.jar"), List.of()));
  }

  @Test
  void whatIsSaidOfLambdasStaysAsItIs() {
    String lambda = "@lambda-proxy io/cta/A test ()Ljava/lang/Runnable; ()V";
    assertEquals(List.of(lambda), joined(List.of(lambda), List.of(lambda)));
  }
}
