/** The conversations that people and programs have with the application. */
@NullMarked
package io.kafkafetch.application.driving;

import org.jspecify.annotations.NullMarked;
