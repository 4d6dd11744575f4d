/** The raw limits: bare loops over Kafka's clients, each in a process of its own. */
@NullMarked
package io.kafkafetch.benchmarks.limit;

import org.jspecify.annotations.NullMarked;
