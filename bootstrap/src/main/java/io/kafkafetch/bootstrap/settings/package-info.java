/** What an operator may set, and what each value means. */
@NullMarked
package io.kafkafetch.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
