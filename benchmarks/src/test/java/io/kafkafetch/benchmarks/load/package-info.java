@NullMarked
package io.kafkafetch.benchmarks.load;

import org.jspecify.annotations.NullMarked;
