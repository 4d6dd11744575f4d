package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is found wrong with a request, so that its sender hears of all of it at once.
 *
 * <p>A request is read in two steps: whoever reads it from the wire finds what is not of the right
 * type or not known at all, and hands that on with what could be read; whoever checks the values
 * {@linkplain #after goes on} from there. A field that could not be read is absent to the second
 * step, which must not call it missing: what it says of such a field, or of what is within it, is
 * left out.
 */
public final class Violations {
  private static final int MAX = 100;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** By their fields, a list's elements in the order of the list. */
  private static final Comparator<Violation> BY_FIELD =
      Comparator.comparing(violation ->
          NUMBER
              .matcher(violation.field())
              .replaceAll(number -> "%09d".formatted(Integer.parseInt(number.group()))));

  private final List<Violation> misread;
  private final List<Violation> found;

  private Violations(List<Violation> misread) {
    this.misread = List.copyOf(misread);
    found = new ArrayList<>(misread);
  }

  /** Nothing is wrong so far. */
  public Violations() {
    this(List.of());
  }

  /** Goes on after what could not be read at all. */
  public static Violations after(List<Violation> misread) {
    return new Violations(misread);
  }

  /** Notes what is wrong with a field; beyond the first 100 nobody reads on. */
  public void add(String field, String message) {
    if (found.size() < MAX
        && misread.stream().noneMatch(unread -> isAtOrWithin(field, unread.field()))) {
      found.add(new Violation(field, message));
    }
  }

  /** Notes what is wrong with a field, when something is. */
  public void add(String field, Optional<String> message) {
    message.ifPresent(said -> add(field, said));
  }

  /** Notes what is wrong within a field. */
  public void addAll(String path, List<Violation> violations) {
    violations.stream()
        .map(violation -> violation.within(path))
        .forEach(violation -> add(violation.field(), violation.message()));
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether nothing is wrong with a field so far, nor with what it is in or what is within it. */
  public boolean isClean(String field) {
    return found.stream()
        .noneMatch(violation ->
            isAtOrWithin(field, violation.field()) || isAtOrWithin(violation.field(), field));
  }

  /** What was found so far. */
  public List<Violation> found() {
    return List.copyOf(found);
  }

  /**
   * Ends the request here when anything is wrong.
   *
   * @throws Refusal.Invalid naming all of it, by field
   */
  public void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new Refusal.Invalid(found.stream().sorted(BY_FIELD).toList());
    }
  }

  private static boolean isAtOrWithin(String field, String outer) {
    if (!field.startsWith(outer)) {
      return false;
    }
    return field.length() == outer.length()
        || field.charAt(outer.length()) == '.'
        || field.charAt(outer.length()) == '[';
  }
}
