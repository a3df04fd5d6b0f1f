package io.cta.agent;

import static io.cta.agent.HeldStage.held;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.State;
import io.cta.domain.TestBuilder;
import io.cta.domain.TimeLimit;
import io.cta.message.TaskEnded;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that tests leave behind get to the server, and what does not get there is said. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ArtifactsTest {
  @TempDir Path dir;
  private TestServer server;
  private InProcessAgent agent;

  @BeforeEach
  void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir.resolve("data"), 2);
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void filesOfATestThatFailedAreKeptAndItsResultIsItsOwn() {
    server.run(
        task("t").test(keeping("out/**", stage("mkdir -p out/a; echo x > out/a/b.txt; exit 3"))));
    TaskEnded end = server.confirmedEvents.ended("t");
    assertEquals(State.FINISHED, end.state());
    assertEquals(List.of(), end.warnings());
    assertEquals(List.of("out/a/b.txt"), server.artifacts.paths("t"));
    assertEquals("x\n", server.artifacts.text("out/a/b.txt"));
    assertEquals(List.of(Result.FAILED), server.confirmedEvents.results("t"));
    assertEquals("suite/t", server.artifacts.kept.get(0).getString("testId"));
  }

  @Test
  void aServerThatIsStillStoringAFileIsAskedAgainAndSentNothingTwice() {
    server.artifacts.storing(3);
    server.run(task("t").test(keeping("*.log", stage("echo x > a.log"))));
    assertEquals(List.of(), server.confirmedEvents.ended("t").warnings());
    assertEquals(List.of("a.log"), server.artifacts.paths("t"));
    assertEquals(List.of(0L), server.artifacts.offsets);
  }

  @Test
  void filesOfATestThatWasTooSlowAreKept() {
    Stage slow =
        StageBuilder.builder(stage("echo x > a.log; sleep 60"))
            .timeout(TimeLimit.of(Duration.ofSeconds(1)))
            .build();
    server.run(task("t").test(keeping("*.log", slow)));
    assertEquals(List.of(), server.confirmedEvents.ended("t").warnings());
    assertEquals(List.of("a.log"), server.artifacts.paths("t"));
  }

  @Test
  void filesOfATaskThatRanTooLongAreKept() {
    server.run(
        task("t")
            .running(Duration.ofSeconds(1))
            .test(keeping("*.log", stage("echo x > a.log; sleep 60"))));
    assertEquals(State.TIMEOUT, server.confirmedEvents.ended("t").state());
    assertEquals(List.of("a.log"), server.artifacts.paths("t"));
  }

  @Test
  void linksAreHeldToTheirRules() {
    server.run(
        task("t")
            .test(
                keeping(
                    "**",
                    stage(
                        "mkdir -p real .git; echo in > real/f.txt; echo no > .git/config\n"
                            + "ln -s real/f.txt link.txt; ln -s real linked; ln -s /etc/passwd out.txt\n"
                            + "ln -s .git/config git.txt; ln -s nowhere dead.txt"))));
    TaskEnded end = server.confirmedEvents.ended("t");
    assertEquals(List.of("link.txt", "real/f.txt"), server.artifacts.paths("t"));
    assertEquals("in\n", server.artifacts.text("link.txt"));
    String warnings = String.join("\n", end.warnings());
    assertTrue(warnings.contains("out.txt is a link that leads out of the workspace"), warnings);
    assertTrue(warnings.contains("git.txt is a link"), warnings);
    assertTrue(warnings.contains("dead.txt is a link that leads nowhere"), warnings);
    String output = server.confirmedEvents.text("t");
    assertTrue(output.contains("cta: artifact not kept: out.txt"), output);
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("t"));
  }

  @Test
  void aNameThatIsNotToBeTrustedIsAWarningThatCannotForgeALine() {
    server.run(
        task("t")
            .test(keeping("*", stage("touch good \"$(printf 'a\\033[2Jb\\nOK: all fine')\""))));
    TaskEnded end = server.confirmedEvents.ended("t");
    assertEquals(List.of("good"), server.artifacts.paths("t"));
    assertEquals(1, end.warnings().size());
    assertTrue(
        end.warnings().get(0).contains("a?[2Jb?OK: all fine: the name must have no control"),
        end.warnings().get(0));
  }

  @Test
  void aLargeFileIsSentInPartsAndAServerThatIsBusyIsAskedAgain() {
    server.artifacts.fail(2, 503);
    server.run(task("t").test(keeping("*.bin", stage("head -c 5000000 /dev/zero > a.bin"))));
    assertEquals(List.of(), server.confirmedEvents.ended("t").warnings());
    assertEquals(List.of(0L, 1L << 20, 2L << 20, 3L << 20, 4L << 20), server.artifacts.offsets);
    assertEquals(5_000_000, server.artifacts.text("a.bin").length());
  }

  @Test
  void aSecretThatIsJustBeingRenewedCostsNoFile() {
    server.artifacts.fail(1, 410);
    server.run(task("t").test(keeping("*.txt", stage("echo 1 > a.txt"))));
    assertEquals(List.of(), server.confirmedEvents.ended("t").warnings());
    assertEquals(List.of("a.txt"), server.artifacts.paths("t"));
  }

  @Test
  void whatTheServerRefusesIsAWarningAndTheRestIsSent() {
    server.artifacts.fail(1, 413);
    server.run(task("t").test(keeping("*.txt", stage("echo 1 > a.txt; echo 2 > b.txt"))));
    TaskEnded end = server.confirmedEvents.ended("t");
    assertEquals(List.of("b.txt"), server.artifacts.paths("t"));
    assertEquals(List.of("artifact lost: a.txt: the server answered 413"), end.warnings());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("t"));
  }

  @Test
  void aServerThatKnowsNoArtifactsCostsATestNothingButAWarning() {
    server.artifacts.fail(1, 404);
    server.run(task("t").test(keeping("*.txt", stage("echo 1 > a.txt; echo 2 > b.txt"))));
    assertEquals(2, server.confirmedEvents.ended("t").warnings().size());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("t"));
  }

  @Test
  void aTestSendsFilesByTheResultApi() {
    server.run(task("t").test("t", held("t", "")));
    HeldStage test = new HeldStage(dir.resolve("data"), "t", "t");
    HttpResponse<String> answer = test.post("/artifacts?name=sub/page.html", "<p>");
    assertEquals(201, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("\"size\":3"), answer.body());
    assertEquals(400, test.post("/artifacts?name=../x", "x").statusCode());
    assertEquals(400, test.post("/artifacts", "x").statusCode());
    assertEquals(401, test.post("/artifacts?name=x", "x", "wrong").statusCode());
    assertEquals(201, test.postForm("/artifacts", "shot.png", "PNG").statusCode());
    test.release();
    TaskEnded end = server.confirmedEvents.ended("t");
    assertEquals(List.of("shot.png", "sub/page.html"), server.artifacts.paths("t"));
    assertEquals("PNG", server.artifacts.text("shot.png"));
    assertEquals(1, end.warnings().size(), end.warnings().toString());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("t"));
  }

  private static io.cta.domain.Test keeping(String glob, Stage... stages) {
    return TestBuilder.builder(task("x").test("t", stages).build().tests().get(0))
        .artifacts(List.of(glob))
        .build();
  }
}
