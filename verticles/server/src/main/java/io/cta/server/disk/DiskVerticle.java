package io.cta.server.disk;

import io.cta.disk.DiskSpace;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the disk every few seconds. Refuses new executions while it is low; deletes the reserve
 * file when it is full and creates it again when there is room. Logs one line a minute while the
 * disk is low or full.
 */
public final class DiskVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(DiskVerticle.class);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
  private static final int CHECKS_PER_LOG_LINE = 30;

  private final Path dir;
  private final ReserveFile reserve;
  private WorkerExecutor disk;
  private volatile DiskState state = DiskState.OK;
  private volatile String text = "";
  private boolean checking;
  private int unchangedChecks;

  /**
   * @param dir the data directory
   */
  public DiskVerticle(Path dir) {
    this.dir = dir;
    this.reserve = new ReserveFile(dir);
  }

  @Override
  public Future<?> start() {
    disk = vertx.createSharedWorkerExecutor("cta-server-disk", 1);
    vertx.setPeriodic(CHECK_INTERVAL.toMillis(), id -> check());
    return check();
  }

  /** The state at the last check. Any thread. */
  public DiskState state() {
    return state;
  }

  /** Throws NO_SPACE, naming the directory, while there is no room for more work. Any thread. */
  public void requireRoom() {
    if (state != DiskState.OK) {
      throw new ServiceFailure(
          ErrorCode.NO_SPACE, "no execution is taken: " + text + "; what runs goes on");
    }
  }

  private Future<Void> check() {
    if (checking) {
      return Future.succeededFuture(); // the last check still runs: the disk hangs
    }
    checking = true;
    return disk.executeBlocking(this::measure, false)
        .onSuccess(this::update)
        .onFailure(e -> log.warn("the disk cannot be checked [dir: {}]", dir, e))
        .onComplete(done -> checking = false)
        .mapEmpty();
  }

  private DiskSpace measure() throws IOException {
    DiskSpace space = DiskSpace.of(dir);
    switch (DiskState.of(space)) {
      case OK -> reserve.make(space);
      case FULL -> {
        if (reserve.giveUp()) {
          log.warn("the reserve is given up, so that results can be stored [dir: {}]", dir);
        }
      }
      case LOW -> {}
    }
    return space;
  }

  private void update(DiskSpace space) {
    DiskState before = state;
    text = space.text();
    state = DiskState.of(space);
    unchangedChecks = state == before ? unchangedChecks + 1 : 0;
    if (state == DiskState.OK) {
      if (before != DiskState.OK) {
        log.info("there is room on the disk again [dir: {}]", dir);
      }
    } else if (unchangedChecks % CHECKS_PER_LOG_LINE == 0) {
      log.warn("new executions are refused [state: {}, reason: {}]", state.wire(), text);
    }
  }
}
