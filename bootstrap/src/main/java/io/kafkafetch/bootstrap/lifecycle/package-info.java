/** Start from the inside out, stop from the outside in, each step bounded. */
@NullMarked
package io.kafkafetch.bootstrap.lifecycle;

import org.jspecify.annotations.NullMarked;
