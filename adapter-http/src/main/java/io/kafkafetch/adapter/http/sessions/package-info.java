/** Consumer sessions over HTTP. */
@NullMarked
package io.kafkafetch.adapter.http.sessions;

import org.jspecify.annotations.NullMarked;
