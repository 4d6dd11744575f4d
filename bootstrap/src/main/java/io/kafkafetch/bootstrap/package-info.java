/** The composition root. */
@NullMarked
package io.kafkafetch.bootstrap;

import org.jspecify.annotations.NullMarked;
