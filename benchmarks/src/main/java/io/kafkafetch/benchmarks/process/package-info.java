/** The processes that take part: this server, the peers and the bare loops. */
@NullMarked
package io.kafkafetch.benchmarks.process;

import org.jspecify.annotations.NullMarked;
