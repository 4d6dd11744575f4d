package io.kafkafetch.adapter.processors.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.domain.processor.Cause;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connections that sinks share. */
class SessionPoolTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private final Database database = Database.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSessionIsUsedAgain() throws Exception {
    try (var pool = pool(2, Duration.ZERO, LONG)) {
      var session = pool.borrow();
      pool.giveBack(session);

      assertSame(session, pool.borrow());
      pool.giveBack(session);
    }
  }

  @Test
  void whoFindsAllInUseWaitsAndIsToldSoInTheEnd() throws Exception {
    try (var pool = pool(1, Duration.ofMillis(50), LONG)) {
      var session = pool.borrow();

      var refusal = assertThrows(SQLException.class, pool::borrow);

      assertInstanceOf(Cause.Transient.class, DatabaseFailure.causeOf(refusal, pool.address()));
      assertEquals(1, pool.open());
      pool.giveBack(session);
    }
  }

  @Test
  void aSessionThatIsGivenBackGoesToWhoeverWaits() throws Exception {
    try (var pool = pool(1, LONG, LONG);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var session = pool.borrow();
      var waiting = threads.submit(pool::borrow);
      pool.giveBack(session);

      assertSame(session, waiting.get());
      pool.giveBack(session);
    }
  }

  @Test
  void aSessionThatIsNotInOrderIsNotUsedAgain() throws Exception {
    try (var pool = pool(1, Duration.ZERO, LONG)) {
      var torn = pool.borrow();
      torn.connection();
      pool.giveBack(torn);
      var next = pool.borrow();

      assertNotSame(torn, next);
      next.giveUp();
      pool.giveBack(next);
      assertEquals(0, pool.open());
    }
  }

  @Test
  void aConnectionThatCannotBeMadeTakesNoPlace() throws Exception {
    var nowhere = DatabaseAddress.parse("postgresql://a:b@127.0.0.1:1/x");
    try (var pool = new SessionPool(nowhere, new SessionPool.Limits(1, Duration.ZERO, LONG))) {
      for (int i = 0; i < 3; i++) {
        assertEquals("08001", assertThrows(SQLException.class, pool::borrow).getSQLState());
      }
      assertEquals(0, pool.open());
    }
  }

  @Test
  void whatNobodyNeedsForAWhileIsClosed() throws Exception {
    try (var pool = pool(4, Duration.ZERO, Duration.ofMillis(20))) {
      pool.giveBack(pool.borrow());

      Awaitility.await().until(() -> pool.open() == 0);

      pool.giveBack(pool.borrow());
      Awaitility.await().until(() -> pool.open() == 0);
    }
  }

  @Test
  void theLastOfThoseWhoShareAPoolClosesIt() throws Exception {
    var pools = new SessionPools(new SessionPool.Limits(2, Duration.ZERO, LONG));
    var address = DatabaseAddress.parse(database.dsn());
    var one = pools.acquire(address);
    var other = pools.acquire(address);
    assertSame(one, other);
    one.giveBack(one.borrow());

    pools.release(one);
    assertEquals(1, other.open());
    var borrowed = other.borrow();
    pools.release(other);
    assertEquals(1, other.open());
    other.giveBack(borrowed);

    assertEquals(0, other.open());
    var anew = pools.acquire(address);
    assertNotSame(one, anew);
    pools.release(anew);
  }

  private SessionPool pool(int sessions, Duration patience, Duration idle) throws Exception {
    return new SessionPool(
        DatabaseAddress.parse(database.dsn()), new SessionPool.Limits(sessions, patience, idle));
  }
}
