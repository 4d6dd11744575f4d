/** The use cases around consumer groups: who they are, where they read, how far behind. */
@NullMarked
package io.kafkafetch.application.groups;

import org.jspecify.annotations.NullMarked;
