/** The door for embedders: an application over its driven ports. */
@NullMarked
package io.kafkafetch.application;

import org.jspecify.annotations.NullMarked;
