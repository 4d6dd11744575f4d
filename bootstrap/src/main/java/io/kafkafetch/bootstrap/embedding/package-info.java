/** The Kafka and the PostgreSQL that the server brings along where none is set. */
@NullMarked
package io.kafkafetch.bootstrap.embedding;

import org.jspecify.annotations.NullMarked;
