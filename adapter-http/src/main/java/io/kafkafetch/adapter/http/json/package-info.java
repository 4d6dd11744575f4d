/** Strict reading and explicit writing of JSON. */
@NullMarked
package io.kafkafetch.adapter.http.json;

import org.jspecify.annotations.NullMarked;
