package io.kafkafetch.adapter.http.fleet;

import io.kafkafetch.adapter.http.server.Exchange;
import io.kafkafetch.application.driving.Loan;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Records that were lent to a caller of another server. That the other server took them says
 * nothing about the caller, so they stay lent until that server says what became of them, or says
 * nothing for too long. Safe for any thread.
 */
public final class ForwardedLoans {
  /** Names a loan; the asking server chooses it. */
  static final String LOAN = "Kafka-Fetch-Loan";

  private static final int MOST = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Map<String, CompletableFuture<Boolean>> open = new ConcurrentHashMap<>();

  /** What becomes of one loan. */
  public interface Fate {
    /** The answer was written to whoever asked this server. */
    void written(Loan loan);

    /** It was not. */
    void failed(Optional<Loan> loan);
  }

  /** Before something is lent: who asks for it, and so who says what becomes of it. */
  public Fate of(Exchange exchange) {
    var name = exchange.header(LOAN);
    if (name.isEmpty()) {
      return new Direct();
    }
    if (open.size() >= MOST) {
      throw new Refusal.TooMany(
          "As many answers are on their way through other servers as there is room for ("
              + MOST
              + ")",
          RETRY_AFTER);
    }
    var word = new CompletableFuture<Boolean>();
    if (open.putIfAbsent(name.get(), word) != null) {
      throw new Refusal.Conflict("There is a loan of that name already");
    }
    return new Awaited(name.get(), word);
  }

  /** The other server says what became of a loan. */
  void settle(String name, boolean delivered) {
    var word = open.get(name);
    if (word == null || !word.complete(delivered)) {
      throw new Refusal.NotFound("There is no such loan: it was settled, or waited too long");
    }
  }

  /** Nobody is between us and the caller. */
  private static final class Direct implements Fate {
    @Override
    public void written(Loan loan) {
      loan.delivered();
    }

    @Override
    public void failed(Optional<Loan> loan) {
      loan.ifPresent(Loan::lost);
    }
  }

  private final class Awaited implements Fate {
    private final String name;
    private final CompletableFuture<Boolean> word;

    Awaited(String name, CompletableFuture<Boolean> word) {
      this.name = name;
      this.word = word;
    }

    @Override
    public void written(Loan loan) {
      var _ =
          word.completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .thenAccept(delivered -> {
                open.remove(name, word);
                if (delivered) {
                  loan.delivered();
                } else {
                  loan.lost();
                }
              });
    }

    @Override
    public void failed(Optional<Loan> loan) {
      open.remove(name, word);
      loan.ifPresent(Loan::lost);
    }
  }
}
