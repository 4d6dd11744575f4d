/** Which database a server keeps its consumers in: the seam for another one than PostgreSQL. */
@NullMarked
package io.kafkafetch.bootstrap.database;

import org.jspecify.annotations.NullMarked;
