/** A real Kafka broker and a real PostgreSQL as child processes. */
@NullMarked
package io.kafkafetch.embedded;

import org.jspecify.annotations.NullMarked;
