/**
 * Typed events over Kafka for Java programs: consume and produce workflow events, or records of any
 * type through a {@link io.kafkafetch.events.RecordCodec}.
 */
@NullMarked
package io.kafkafetch.events;

import org.jspecify.annotations.NullMarked;
