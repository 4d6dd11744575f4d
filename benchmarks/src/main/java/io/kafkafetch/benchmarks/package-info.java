/** How fast the server is, beside its peers and the raw limits, in one run. */
@NullMarked
package io.kafkafetch.benchmarks;

import org.jspecify.annotations.NullMarked;
