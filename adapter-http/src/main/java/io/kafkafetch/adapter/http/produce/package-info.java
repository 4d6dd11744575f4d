/** Writing records over HTTP (the Producer Server's API). */
@NullMarked
package io.kafkafetch.adapter.http.produce;

import org.jspecify.annotations.NullMarked;
