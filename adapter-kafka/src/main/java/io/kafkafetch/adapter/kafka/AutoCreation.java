package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/** Whether the cluster makes topics on first use, as far as it tells us. Safe for any thread. */
final class AutoCreation {
  private static final String SETTING = "auto.create.topics.enable";
  private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MILLIS = 3_000;

  private final Supplier<Admin> admin;

  /** What was seen last; two who ask at once may both look. */
  private volatile Seen seen = new Seen(true, System.nanoTime() - FRESH_NANOS);

  private record Seen(boolean mayBeOn, long at) {}

  AutoCreation(Supplier<Admin> admin) {
    this.admin = admin;
  }

  /** False only when the cluster says that it does not. */
  boolean mayBeOn() {
    var last = seen;
    if (System.nanoTime() - last.at() < FRESH_NANOS) {
      return last.mayBeOn();
    }
    boolean now = look();
    seen = new Seen(now, System.nanoTime());
    return now;
  }

  private boolean look() {
    try {
      var options = new DescribeClusterOptions().timeoutMs(MILLIS);
      var broker =
          admin
              .get()
              .describeCluster(options)
              .nodes()
              .get(MILLIS, TimeUnit.MILLISECONDS)
              .iterator()
              .next();
      var resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
      var config =
          Objects.requireNonNull(
                  admin
                      .get()
                      .describeConfigs(
                          List.of(resource), new DescribeConfigsOptions().timeoutMs(MILLIS))
                      .all()
                      .get(MILLIS, TimeUnit.MILLISECONDS)
                      .get(resource))
              .get(SETTING);
      return config == null || !"false".equals(config.value());
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      // Not everybody may ask a broker for its settings. The producer finds out by trying.
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
