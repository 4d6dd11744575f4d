@NullMarked
package io.kafkafetch.benchmarks;

import org.jspecify.annotations.NullMarked;
