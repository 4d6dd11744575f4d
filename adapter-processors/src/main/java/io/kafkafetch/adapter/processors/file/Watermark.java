package io.kafkafetch.adapter.processors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.processor.Progress;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is surely in the files of a series: up to which length the current file counts, and how far
 * each partition got with that. Whatever lies beyond the length is not counted and comes again.
 *
 * @param file the current file
 * @param length its first so many bytes count
 * @param finishedAs where set, the file is complete and is being given this name; as long as
 *     something is at {@code file}, that was not done
 * @param progress how far each partition got, the least recently moved first
 */
record Watermark(
    Path file, long length, Optional<Path> finishedAs, Map<ProgressKey, Progress> progress) {
  private static final String FIRST_LINE = "file_sink watermark 1";
  private static final String LAST_LINE = "end";

  Watermark {
    progress = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(progress));
  }

  /** The text that is kept, with paths relative to {@code folder} so that all may be moved. */
  String toText(Path folder) {
    var text = new StringBuilder(FIRST_LINE).append('\n');
    line(text, "file", coded(folder.relativize(file).toString()));
    line(text, "length", Long.toString(length));
    finishedAs.ifPresent(
        name -> line(text, "finished_as", coded(folder.relativize(name).toString())));
    progress.forEach((key, value) ->
        line(
            text,
            "progress",
            coded(key.topicId()),
            Integer.toString(key.partition()),
            coded(key.group()),
            coded(key.processorId()),
            Long.toString(value.generation()),
            Long.toString(value.nextOffset())));
    return text.append(LAST_LINE).append('\n').toString();
  }

  /** Reads it back. */
  static Watermark parse(String text, Path folder) throws IOException {
    var lines = text.lines().toList();
    if (lines.size() < 2
        || !lines.getFirst().equals(FIRST_LINE)
        || !lines.getLast().equals(LAST_LINE)) {
      throw new IOException("the watermark beside it is damaged");
    }
    try {
      return parse(lines.subList(1, lines.size() - 1), folder);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("the watermark beside it is damaged", e);
    }
  }

  private static Watermark parse(List<String> lines, Path folder) throws IOException {
    @Nullable Path file = null;
    long length = -1;
    Optional<Path> finishedAs = Optional.empty();
    var progress = new LinkedHashMap<ProgressKey, Progress>();
    for (var line : lines) {
      var words = List.of(line.split(" ", -1));
      switch (words.getFirst()) {
        case "file" -> file = folder.resolve(plain(words.get(1)));
        case "length" -> length = Long.parseLong(words.get(1));
        case "finished_as" -> finishedAs = Optional.of(folder.resolve(plain(words.get(1))));
        case "progress" ->
            progress.put(
                new ProgressKey(
                    plain(words.get(1)),
                    Integer.parseInt(words.get(2)),
                    plain(words.get(3)),
                    plain(words.get(4))),
                new Progress(Long.parseLong(words.get(5)), Long.parseLong(words.get(6))));
        default -> throw new IllegalArgumentException("Unknown line");
      }
    }
    if (file == null || length < 0) {
      throw new IllegalArgumentException("Incomplete");
    }
    return new Watermark(file, length, finishedAs, progress);
  }

  private static void line(StringBuilder text, String name, String... words) {
    text.append(name).append(' ').append(String.join(" ", words)).append('\n');
  }

  private static String coded(String word) {
    return URLEncoder.encode(word, UTF_8);
  }

  private static String plain(String word) {
    return URLDecoder.decode(word, UTF_8);
  }
}
