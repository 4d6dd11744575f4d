/** What this server is and how it is, over HTTP. */
@NullMarked
package io.kafkafetch.adapter.http.status;

import org.jspecify.annotations.NullMarked;
