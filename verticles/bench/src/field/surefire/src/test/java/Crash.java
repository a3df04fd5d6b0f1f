import org.junit.jupiter.api.Test;

class Crash {
  @Test
  void a() {}

  @Test
  void b() {
    Runtime.getRuntime().halt(0);
  }
}
