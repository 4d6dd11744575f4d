package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.HttpLimits;
import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.Problem;
import io.kafkafetch.adapter.http.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * A request's body within its limits: so many bytes, so fast, and all bodies together within the
 * process-wide budget. Closing it gives its share of the budget back.
 */
final class RequestBody implements AutoCloseable {
  /** Opening a body tells a sender that holds it back to send it, so that comes last. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private static final int FIRST = 16 << 10;

  private final Source source;
  private final long declared;
  private final long limit;
  private final HttpLimits limits;
  private final BodyBudget budget;
  private long taken;

  /**
   * A body that was not read yet.
   *
   * @param declared its length as the sender said; negative where it did not
   */
  RequestBody(Source source, long declared, long limit, HttpLimits limits, BodyBudget budget) {
    this.source = source;
    this.declared = declared;
    this.limit = limit;
    this.limits = limits;
    this.budget = budget;
  }

  /** The body as a stream that is watched for its pace but not for its length. */
  InputStream stream() throws IOException {
    return new Paced(source.open(), limits, limits.bodyRate());
  }

  /**
   * The body as a stream that takes its time: only one that falls silent is given up. For what is
   * taken piece by piece and held nowhere.
   */
  InputStream unhurriedStream() throws IOException {
    return new Paced(source.open(), limits, 0);
  }

  /** The whole body. */
  byte[] bytes() throws IOException {
    if (declared > limit) {
      throw tooLarge();
    }
    var in = stream();
    var bytes = new byte[take(FIRST)];
    int length = 0;
    while (true) {
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
      }
      length += read;
      if (length > limit) {
        throw tooLarge();
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, length + take(length));
      }
    }
  }

  @Override
  public void close() {
    budget.giveBack(taken);
    taken = 0;
  }

  private int take(int more) {
    if (!budget.take(more)) {
      throw new ProblemException(
          Problem.passing(
              HttpError.SERVICE_UNAVAILABLE,
              "The server holds as many request bodies in memory as it may ("
                  + (limits.bodyMemory() >> 20)
                  + " MiB).",
              Duration.ofSeconds(1)));
    }
    taken += more;
    return more;
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        HttpError.CONTENT_TOO_LARGE,
        "The body is larger than the " + limit + " bytes that are accepted here.");
  }

  /** A sender that trickles its body would hold memory and a thread for as long as it likes. */
  private static final class Paced extends FilterInputStream {
    private final HttpLimits limits;
    private final int rate;
    private long begun;
    private long read;

    Paced(InputStream in, HttpLimits limits, int rate) {
      super(in);
      this.limits = limits;
      this.rate = rate;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (begun == 0) {
        begun = System.nanoTime() | 1;
      }
      int more = BodyFailure.during(() -> in.read(bytes, offset, length));
      read += Math.max(0, more);
      long late = System.nanoTime() - begun - limits.bodyGrace().toNanos();
      if (more >= 0 && late > 0 && read < late / 1_000_000_000.0 * rate) {
        throw BodyFailure.tooSlow();
      }
      return more;
    }
  }
}
