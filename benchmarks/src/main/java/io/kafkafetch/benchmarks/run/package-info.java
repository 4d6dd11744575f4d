/** Rounds in turn, and what they come to. */
@NullMarked
package io.kafkafetch.benchmarks.run;

import org.jspecify.annotations.NullMarked;
