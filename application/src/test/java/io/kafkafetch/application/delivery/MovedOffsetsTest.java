package io.kafkafetch.application.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.delivery.CommitMark.TopicEra;
import io.kafkafetch.domain.processor.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovedOffsetsTest {
  private static final TopicEra ERA = new TopicEra("Zm9v", 6);

  private static StartDecision moved(long generation, Progress... remembered) {
    var mark = CommitMark.read(CommitMark.writeMoved(generation, ERA));
    return StartDecision.of(10, mark, Arrays.stream(remembered).map(Optional::of).toList());
  }

  @Test
  void theMarkTellsItsTopic() {
    assertEquals(Optional.of(ERA), CommitMark.topic(CommitMark.writeMoved(3, ERA)));
  }

  @Test
  void aSinkBeginsWhereTheGroupWasMovedTo() {
    assertEquals(new StartDecision(3, List.of(10L)), moved(3, new Progress(2, 500)));
  }

  @Test
  void aSinkThatAlreadyKnewThatGenerationDoesNotTakeTheReplayForADuplicate() {
    assertEquals(new StartDecision(4, List.of(10L)), moved(3, new Progress(3, 500)));
  }

  @Test
  void aSinkThatIsAheadOfTheGroupsGenerationReplaysToo() {
    assertEquals(
        new StartDecision(8, List.of(10L, 10L)),
        moved(3, new Progress(7, 500), new Progress(1, 2)));
  }

  @Test
  void withoutAnyMemoryTheMovedGenerationHolds() {
    assertEquals(new StartDecision(3, List.of()), moved(3));
  }
}
