/** What the application needs from outside, named by role. */
@NullMarked
package io.kafkafetch.application.driven;

import org.jspecify.annotations.NullMarked;
