/** Consumer sessions: who has one, for how long, and what was answered to whom. */
@NullMarked
package io.kafkafetch.application.sessions;

import org.jspecify.annotations.NullMarked;
