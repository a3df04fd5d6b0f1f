package io.cta.agent.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes bodies of answers to files, within the limits of the machine. */
final class DownloadBody {
  private DownloadBody() {}

  /** Decides where the body of an answer is written. */
  interface OffsetCheck {
    /**
     * @return the file's length at which the body is to be written, or −1 when it is not wanted
     * @throws FetchFailed when the answer is of no use
     */
    long offset(HttpResponse.ResponseInfo answer) throws IOException, FetchFailed;
  }

  /**
   * Reads the body of one answer.
   *
   * @param received counts its bytes
   */
  static HttpResponse.BodySubscriber<Void> of(
      HttpResponse.ResponseInfo answer,
      OffsetCheck check,
      Path file,
      AtomicLong received,
      FetchSettings settings) {
    try {
      long offset = check.offset(answer);
      return offset < 0
          ? HttpResponse.BodySubscribers.replacing(null)
          : toFile(file, offset, received, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FetchFailed e) {
      throw new Refused(e);
    }
  }

  static FetchFailed tooLarge(FetchSettings settings) {
    return new FetchFailed(
        "a file is larger than the "
            + settings.maxDownloadBytes()
            + " bytes that this machine's agent takes (--max-download)");
  }

  /** Returns what made an exchange fail; throws it when it was refused here. */
  static IOException failure(Throwable cause) throws FetchFailed {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof Refused refused) {
        throw refused.failed;
      }
      if (one instanceof UncheckedIOException unchecked) {
        return unchecked.getCause();
      }
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  private static HttpResponse.BodySubscriber<Void> toFile(
      Path file, long offset, AtomicLong received, FetchSettings settings) throws IOException {
    DiskReserve reserve = new DiskReserve(file.getParent(), settings.minFreeBytes());
    BodyFile body =
        new BodyFile(
            file,
            offset,
            bytes -> {
              reserve.take(bytes);
              if (offset + received.addAndGet(bytes) > settings.maxDownloadBytes()) {
                throw new Refused(tooLarge(settings));
              }
            });
    return new ClosingSubscriber(HttpResponse.BodySubscribers.ofByteArrayConsumer(body), body);
  }

  /** Carries a refusal through the client. */
  private static final class Refused extends RuntimeException {
    private final transient FetchFailed failed;

    Refused(FetchFailed failed) {
      super(failed);
      this.failed = failed;
    }
  }
}
