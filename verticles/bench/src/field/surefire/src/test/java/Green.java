import org.junit.jupiter.api.Test;

class Green {
  @Test
  void a() {}

  @Test
  void b() {}
}
