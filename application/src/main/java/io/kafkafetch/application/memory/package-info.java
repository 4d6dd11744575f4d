/** The driven ports in memory, for tests and for embedders without a database. */
@NullMarked
package io.kafkafetch.application.memory;

import org.jspecify.annotations.NullMarked;
