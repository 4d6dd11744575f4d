/** Reading records over HTTP (the Consumer Server's API). */
@NullMarked
package io.kafkafetch.adapter.http.consume;

import org.jspecify.annotations.NullMarked;
