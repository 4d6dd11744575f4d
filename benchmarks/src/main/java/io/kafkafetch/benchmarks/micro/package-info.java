/** JMH, for the hot parts of the record path. */
@NullMarked
package io.kafkafetch.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
