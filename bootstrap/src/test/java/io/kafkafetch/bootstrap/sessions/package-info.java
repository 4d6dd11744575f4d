/** Consumer sessions over HTTP and a real broker. */
@NullMarked
package io.kafkafetch.bootstrap.sessions;

import org.jspecify.annotations.NullMarked;
