@NullMarked
package io.kafkafetch.benchmarks.run;

import org.jspecify.annotations.NullMarked;
