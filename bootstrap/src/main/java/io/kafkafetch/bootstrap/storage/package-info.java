/** Storage that may be away when the server starts. */
@NullMarked
package io.kafkafetch.bootstrap.storage;

import org.jspecify.annotations.NullMarked;
