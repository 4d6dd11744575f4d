/** What a caller is told when something is refused or fails (RFC 9457). */
@NullMarked
package io.kafkafetch.adapter.http.problem;

import org.jspecify.annotations.NullMarked;
