/** The whole server, but for what is kept, over real sockets and a real broker. */
package io.kafkafetch.bootstrap.wire;
