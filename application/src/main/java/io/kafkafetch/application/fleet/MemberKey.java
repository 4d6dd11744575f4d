package io.kafkafetch.application.fleet;

import io.kafkafetch.domain.consumer.ConsumerId;

/**
 * One of a consumer's members.
 *
 * @param ordinal from 0 to {@code tasksMax} - 1
 */
record MemberKey(ConsumerId consumer, int ordinal) {
  @Override
  public String toString() {
    return consumer + "#" + ordinal;
  }
}
