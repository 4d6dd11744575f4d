/** Secrets that are named, not told. */
@NullMarked
package io.kafkafetch.bootstrap.secrets;

import org.jspecify.annotations.NullMarked;
