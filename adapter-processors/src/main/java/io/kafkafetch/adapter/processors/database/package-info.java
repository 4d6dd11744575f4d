/** {@code database_sync}: records into PostgreSQL, effectively once. */
@NullMarked
package io.kafkafetch.adapter.processors.database;

import org.jspecify.annotations.NullMarked;
