/** Which part gets which other part. */
@NullMarked
package io.kafkafetch.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
