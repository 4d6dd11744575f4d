/** Dead letters over HTTP. */
@NullMarked
package io.kafkafetch.adapter.http.deadletters;

import org.jspecify.annotations.NullMarked;
