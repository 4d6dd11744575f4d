/** The installed types of processors over HTTP. */
@NullMarked
package io.kafkafetch.adapter.http.processors;

import org.jspecify.annotations.NullMarked;
