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
 * Looks at the disk every few seconds. When it is low new executions are refused, when it is full
 * the reserve is given up, and made again when there is room: all by itself. One log line a minute
 * while it lasts.
 */
public final class DiskVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(DiskVerticle.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int LOOKS_BETWEEN_LINES = 30;

  private final Path dir;
  private final ReserveFile reserve;
  private WorkerExecutor disk;
  private volatile DiskState state = DiskState.OK;
  private volatile String text = "";
  private boolean looking;
  private int looks;

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
    vertx.setPeriodic(LOOK.toMillis(), id -> look());
    return look();
  }

  /** As the last look found it. Any thread. */
  public DiskState state() {
    return state;
  }

  /**
   * Refuses with NO_SPACE, naming the directory, while there is no room for more work. Any thread.
   */
  public void requireRoom() {
    if (state != DiskState.OK) {
      throw new ServiceFailure(
          ErrorCode.NO_SPACE, "no execution is taken: " + text + "; what runs goes on");
    }
  }

  private Future<Void> look() {
    if (looking) {
      return Future.succeededFuture(); // a disk that hangs
    }
    looking = true;
    return disk.executeBlocking(this::measured, false)
        .onSuccess(this::found)
        .onFailure(e -> log.warn("the disk cannot be looked at [dir: {}]", dir, e))
        .onComplete(done -> looking = false)
        .mapEmpty();
  }

  private DiskSpace measured() throws IOException {
    DiskSpace room = DiskSpace.of(dir);
    switch (DiskState.of(room)) {
      case OK -> reserve.make(room);
      case FULL -> {
        if (reserve.giveUp()) {
          log.warn("the reserve is given up, so that results get in [dir: {}]", dir);
        }
      }
      case LOW -> {}
    }
    return room;
  }

  private void found(DiskSpace room) {
    DiskState before = state;
    text = room.text();
    state = DiskState.of(room);
    looks = state == before ? looks + 1 : 0;
    if (state == DiskState.OK) {
      if (before != DiskState.OK) {
        log.info("there is room on the disk again [dir: {}]", dir);
      }
    } else if (looks % LOOKS_BETWEEN_LINES == 0) {
      log.warn("new executions are refused [state: {}, reason: {}]", state.wire(), text);
    }
  }
}
