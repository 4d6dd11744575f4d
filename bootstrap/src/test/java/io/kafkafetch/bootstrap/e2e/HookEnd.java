package io.kafkafetch.bootstrap.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.embedded.FaultProxy;
import java.util.function.ToIntFunction;

/** An HTTP endpoint behind a proxy that cuts; it takes each number at least once, in order. */
final class HookEnd implements SinkEnd {
  private final Hook hook;
  private final FaultProxy proxy;
  private final long[] next;
  private long requests;
  private String outOfOrder = "";

  HookEnd(int partitions) {
    next = new long[partitions];
    hook = new Hook(this::take);
    proxy = FaultProxy.to("127.0.0.1", hook.port());
  }

  private synchronized void take(Hook.Request request) {
    int partition = request.number("p");
    long number = request.number("n");
    requests++;
    if (number > next[partition]) {
      outOfOrder += next[partition] + " is missing before " + number + "; ";
    } else if (!request.key().endsWith("-" + partition + "-" + number)) {
      outOfOrder += number + " came with the key " + request.key() + "; ";
    }
    next[partition] = Math.max(next[partition], number + 1);
  }

  /** What to answer from now on; only what is answered with 200 counts as taken. */
  void answering(ToIntFunction<Hook.Request> status) {
    hook.answering(status);
  }

  @Override
  public String processor() {
    return """
    {"processor_type": "streaming_forwarder", "config":
      {"endpoint_url": "http://%s/numbers", "timeout_ms": 5000}}\
    """
        .formatted(proxy.address());
  }

  @Override
  public void cut() {
    proxy.refuse();
  }

  @Override
  public void heal() {
    proxy.heal();
  }

  @Override
  public synchronized long arrived() {
    long all = 0;
    for (long each : next) {
      all += each;
    }
    return all;
  }

  /** The first number that has not arrived in a partition yet. */
  synchronized long next(int partition) {
    return next[partition];
  }

  /** How many requests brought a number that was there. */
  synchronized long repeats() {
    return requests - arrived();
  }

  @Override
  public synchronized void assertComplete(int partitions, int each) {
    assertEquals("", outOfOrder);
    assertEquals((long) partitions * each, arrived());
  }

  @Override
  public void close() {
    proxy.close();
    hook.close();
  }
}
