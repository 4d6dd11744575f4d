/** Processors that are found, not wired. */
@NullMarked
package io.kafkafetch.bootstrap.plugins;

import org.jspecify.annotations.NullMarked;
