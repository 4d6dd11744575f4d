/** Consumer groups and their lag over HTTP. */
@NullMarked
package io.kafkafetch.adapter.http.groups;

import org.jspecify.annotations.NullMarked;
