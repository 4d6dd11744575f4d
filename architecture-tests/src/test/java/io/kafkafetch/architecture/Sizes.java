package io.kafkafetch.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;

/**
 * How long classes and methods are, in lines of their source, measured by the compiler's parser.
 */
final class Sizes {
  static final int LONGEST_FILE = 300;
  static final int LONGEST_METHOD = 40;

  /** The world before and what is expected after, written out, are part of a test. */
  static final int LONGEST_TEST = 60;

  private Sizes() {}

  /**
   * What is too long in these files, but for what {@code exceptions} name: {@code Class.method}.
   */
  static List<String> tooLong(Collection<Path> files, int longestMethod, Set<String> exceptions) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      var positions = Trees.instance(task).getSourcePositions();
      var found = new ArrayList<String>();
      for (var unit : task.parse()) {
        new Scanner(unit, positions, longestMethod, found).scan(unit, "");
      }
      found.removeIf(entry -> exceptions.stream().anyMatch(name -> entry.startsWith(name + " ")));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Scanner extends TreeScanner<Void, String> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final int longestMethod;
    private final List<String> found;

    Scanner(
        CompilationUnitTree unit,
        SourcePositions positions,
        int longestMethod,
        List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.longestMethod = longestMethod;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
      var name = outer.isEmpty() ? type.getSimpleName().toString() : outer;
      if (outer.isEmpty()) {
        // The whole file up to its end: nested classes are read together with the outer one.
        long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, type));
        report(name, last, LONGEST_FILE);
      }
      return super.visitClass(type, name);
    }

    @Override
    public Void visitMethod(MethodTree method, String type) {
      // Without its annotations, which may be the table that a test goes through.
      var first = method.getReturnType() == null ? method : method.getReturnType();
      report(type + "." + method.getName(), lines(first, method), longestMethod);
      return super.visitMethod(method, type);
    }

    private long lines(Tree first, Tree last) {
      var map = unit.getLineMap();
      return map.getLineNumber(positions.getEndPosition(unit, last))
          - map.getLineNumber(positions.getStartPosition(unit, first))
          + 1;
    }

    private void report(String name, long lines, int longest) {
      if (lines > longest) {
        found.add(name + " has " + lines + " lines, more than " + longest);
      }
    }
  }
}
