package io.kafkafetch.adapter.kafka;

import org.apache.kafka.common.KafkaException;

/** No client can be made of a {@code client_config}; says why, and no secret. */
final class UnusableClientConfigException extends KafkaException {
  private static final long serialVersionUID = 1L;

  UnusableClientConfigException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
