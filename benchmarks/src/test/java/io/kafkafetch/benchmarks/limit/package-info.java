@NullMarked
package io.kafkafetch.benchmarks.limit;

import org.jspecify.annotations.NullMarked;
