/** Which server runs which member: the plan, and the loop that makes it so. */
@NullMarked
package io.kafkafetch.application.fleet;

import org.jspecify.annotations.NullMarked;
