/** Kafka behind the driven ports: members of consumer groups, producer, administration. */
@NullMarked
package io.kafkafetch.adapter.kafka;

import org.jspecify.annotations.NullMarked;
