/** What fills topics and sends requests. */
@NullMarked
package io.kafkafetch.benchmarks.load;

import org.jspecify.annotations.NullMarked;
