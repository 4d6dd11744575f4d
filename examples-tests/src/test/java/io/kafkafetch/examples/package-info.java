/** The examples as a stranger meets them: built away from this project, and run as programs. */
@NullMarked
package io.kafkafetch.examples;

import org.jspecify.annotations.NullMarked;
