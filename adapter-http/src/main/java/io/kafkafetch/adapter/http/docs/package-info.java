/** The description of the API, for machines and for people. */
@NullMarked
package io.kafkafetch.adapter.http.docs;

import org.jspecify.annotations.NullMarked;
