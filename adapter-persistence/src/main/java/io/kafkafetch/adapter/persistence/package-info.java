/** PostgreSQL behind the driven ports. */
@NullMarked
package io.kafkafetch.adapter.persistence;

import org.jspecify.annotations.NullMarked;
