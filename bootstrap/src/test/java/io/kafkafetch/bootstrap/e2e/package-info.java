/** The server as a user starts it: {@code ./run.sh} in a process of its own, on Linux. */
@NullMarked
package io.kafkafetch.bootstrap.e2e;

import org.jspecify.annotations.NullMarked;
