/** What servers of a fleet say to each other on behalf of callers. */
@NullMarked
package io.kafkafetch.adapter.http.fleet;

import org.jspecify.annotations.NullMarked;
