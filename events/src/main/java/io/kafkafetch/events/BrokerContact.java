package io.kafkafetch.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** Asks a cluster whether it is there. Kafka's own clients never say so by themselves. */
final class BrokerContact {
  private BrokerContact() {}

  /**
   * Returns when a broker has answered.
   *
   * @throws KafkaException if none did within the timeout, or one refused us
   */
  static void require(Map<String, Object> clientProperties, Duration timeout) {
    var bootstrap =
        String.valueOf(clientProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    var admin = Admin.create(properties(clientProperties, timeout));
    try {
      var _ = admin.describeCluster().nodes().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw refusal(bootstrap, timeout, e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw silence(bootstrap, timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException("Interrupted while connecting to " + bootstrap, e);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private static KafkaException refusal(
      String bootstrap, Duration timeout, @org.jspecify.annotations.Nullable Throwable cause) {
    return switch (cause) {
      case RetriableException silent -> silence(bootstrap, timeout, silent);
      case KafkaException refusal -> refusal;
      case null, default -> new KafkaException("Cannot connect to Kafka at " + bootstrap, cause);
    };
  }

  private static TimeoutException silence(String bootstrap, Duration timeout, Exception cause) {
    return new TimeoutException(
        "No Kafka broker answered at " + bootstrap + " within " + timeout.toMillis() + " ms",
        cause);
  }

  private static Map<String, Object> properties(Map<String, Object> all, Duration timeout) {
    var properties = new HashMap<String, Object>();
    all.forEach((name, value) -> {
      if (AdminClientConfig.configNames().contains(name)) {
        properties.put(name, value);
      }
    });
    int millis = Math.toIntExact(timeout.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    return properties;
  }
}
